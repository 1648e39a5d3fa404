package dev.openint.sdk

import java.io.Serializable

/**
 * Whatever a call or a client's construction fails with.
 *
 * Its message is one line that says what happened and what to do next, without secrets.
 *
 * @property attempts how often the request was sent, or tried to be sent; 0 when input was refused
 * @property mayHaveBeenApplied whether the server may have carried the call out although it failed
 *   here: look before repeating it. Always false for a call that changes nothing
 * @property isRetryable whether the same call may succeed later: the cause is transient
 */
public sealed class OpenintException(
    message: String,
    public val attempts: Int,
    public val mayHaveBeenApplied: Boolean,
    public val isRetryable: Boolean,
) : RuntimeException(message)

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

/**
 * No answer: no connection, no trusted certificate, or an exchange that broke off.
 *
 * @property kind `connect`, `tls`, `interrupted` or `timeout`
 * @property phase what the call was doing, where that is known: `connecting`, `handshake`,
 *   `sending`, `waiting` or `reading`
 */
public open class ApiConnectionException internal constructor(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
    isRetryable: Boolean,
    public val kind: String,
    public val phase: String?,
) : ApiException(message, attempts, mayHaveBeenApplied, isRetryable)

/** A limit in time was reached. */
public class ApiTimeoutException internal constructor(
    message: String,
    attempts: Int,
    mayHaveBeenApplied: Boolean,
    isRetryable: Boolean,
    phase: String?,
) : ApiConnectionException(message, attempts, mayHaveBeenApplied, isRetryable, "timeout", phase)

/** The call's [CancelToken] was fired. A cancelled coroutine throws its `CancellationException` instead. */
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
    mayHaveBeenApplied: Boolean,
) : OpenintException(message, 0, mayHaveBeenApplied, false)

/**
 * One thing that the server found wrong with a request, or with its own answer.
 *
 * @property path where, such as `data.settings.oauth`
 * @property message what is wrong
 */
public data class Issue(
    public val path: String,
    public val message: String,
) : Serializable {
    private companion object {
        private const val serialVersionUID = 1L
    }
}
