package dev.openint.sdk

/**
 * Whatever a call or a client's construction fails with.
 *
 * Its message is one line that says what happened and what to do next, without secrets.
 *
 * @property attempts the number of times that the request was sent, or tried to be sent; 0 when
 *   input was refused
 * @property mayHaveBeenApplied true if the server may have carried the call out although it failed
 *   here: look before repeating it. Always false for a call that changes nothing
 * @property isRetryable true if the same call may succeed later: the cause is transient
 */
public sealed class OpenintException(
    message: String,
    public val attempts: Int,
    public val mayHaveBeenApplied: Boolean,
    public val isRetryable: Boolean,
) : RuntimeException(message) {
    internal companion object : UniffiRustCallStatusErrorHandler<OpenintException> {
        override fun lift(
            error_buf: RustBuffer.ByValue,
        ): OpenintException = FfiConverterTypeOpenintError.lift(error_buf)
    }
}

/**
 * An argument or option is unusable; nothing was sent.
 *
 * @property field the parameter or option, as the API and the options call it, such as
 *   `connector_config_id`
 * @property expected what it has to be
 */
public class InvalidInputException internal constructor(
    message: String,
    public val field: String,
    public val expected: String,
) : OpenintException(message, 0, false, false)

/** A call that was accepted and did not succeed. */
public sealed class ApiException(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
    isRetryable: Boolean,
) : OpenintException(message, attempts, mayHaveBeenApplied, isRetryable)

/** The ways in which there is no answer. */
public enum class ConnectionErrorKind {
    /** No connection to the server, or to the proxy on the way. */
    CONNECT,

    /** The TLS handshake failed: most often a certificate that is not trusted. */
    TLS,

    /** The connection broke, or what came was not HTTP. */
    INTERRUPTED,

    /** A limit in time was reached. */
    TIMEOUT,
}

/**
 * No answer: no connection, no trusted certificate, or an exchange that broke off.
 *
 * @property kind the way in which there is none
 * @property phase what the call was doing, where that is known
 */
public open class ApiConnectionException internal constructor(
    outcome: CallOutcome,
    public val kind: ConnectionErrorKind,
    public val phase: CallPhase?,
) : ApiException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied, outcome.isRetryable)

/** A limit in time was reached. */
public class ApiTimeoutException internal constructor(
    outcome: CallOutcome,
    phase: CallPhase?,
) : ApiConnectionException(outcome, ConnectionErrorKind.TIMEOUT, phase)

/** The provider of API keys failed; nothing was sent with a new key. */
public class ApiKeyException internal constructor(
    outcome: CallOutcome,
) : ApiException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied, outcome.isRetryable)

/**
 * A list changed so much while it was read that rows may be missing. What came before stays good.
 *
 * @property seen the number of different rows that came
 * @property total the number of rows that the API counts
 */
public class ApiIncompleteException internal constructor(
    outcome: CallOutcome,
    public val seen: Long,
    public val total: Long,
) : ApiException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied, outcome.isRetryable)

/**
 * The call's [CancelToken] was fired, or the thread of a blocking call was interrupted. A cancelled
 * coroutine throws its `CancellationException` instead.
 */
public class ApiCancelledException internal constructor(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
) : ApiException(message, attempts, mayHaveBeenApplied, false)

/**
 * The answer is not what the method promises, or is larger than allowed.
 *
 * @property path where in the JSON, such as `settings.oauth`; empty for the answer as a whole and
 *   `null` for one that is too large
 */
public class ApiResponseValidationException internal constructor(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
    isRetryable: Boolean,
    public val path: String?,
) : ApiException(message, attempts, mayHaveBeenApplied, isRetryable)

/**
 * A defect of the SDK itself, which its native library survived. The process goes on, and so does
 * the client. Please report it.
 */
public class SdkDefectException internal constructor(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
) : OpenintException(message, attempts, mayHaveBeenApplied, false)
