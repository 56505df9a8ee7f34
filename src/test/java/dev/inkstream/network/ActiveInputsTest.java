package dev.inkstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActiveInputsTest {

    @Test
    void keepsWhatIsNotZeroInOrder() {
        ActiveInputs inputs = new ActiveInputs(5);
        inputs.setPixels(new byte[] {0, (byte) 255, 0, 51, 0}, 0, 5);
        assertThat(inputs.count()).isEqualTo(2);
        assertThat(inputs.indices()).startsWith(1, 3);
        assertThat(inputs.values()).startsWith(1f, 0.2f);
        inputs.setValues(new float[] {-0f, 0f, -3f, 9f, 9f}, 3);
        assertThat(inputs.count()).isOne();
        assertThat(inputs.indices()).startsWith(2);
        assertThat(inputs.values()).startsWith(-3f);
    }

    @Test
    void everyPixelIsDividedBy255() {
        for (int pixel = 1; pixel < 256; pixel++) {
            ActiveInputs inputs = new ActiveInputs(1);
            inputs.setPixels(new byte[] {(byte) pixel}, 0, 1);
            assertThat(inputs.values()[0]).isEqualTo((float) (pixel / 255.0));
        }
    }
}
