package dev.inkstream.record;

/// The error of served predictions has risen, more than chance explains. Immutable.
///
/// @param version made the last of the predictions looked at
/// @param before the error until the change
/// @param after the error since
/// @param detector the detector and its settings, as text
public record DriftEvent(String model, long version, ErrorRate before, ErrorRate after, String detector) {

    /// @param rate share of wrong predictions, 0 to 1
    /// @param examples predictions it is the mean of
    public record ErrorRate(double rate, long examples) {
        /// @throws InvalidRecordException if the rate is no share, or the count negative
        public ErrorRate {
            if (!(rate >= 0 && rate <= 1) || examples < 0) {
                throw new InvalidRecordException(
                        RejectReason.UNDECODABLE,
                        "error rate is " + rate + " of " + examples + " examples; it must be 0 to 1");
            }
        }
    }
}
