package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiConnectionException
import dev.openint.sdk.ApiError
import dev.openint.sdk.ApiIncompleteException
import dev.openint.sdk.ApiKeyException
import dev.openint.sdk.ApiResponseValidationException
import dev.openint.sdk.ApiStatusException
import dev.openint.sdk.ApiTimeoutException
import dev.openint.sdk.AuthenticationException
import dev.openint.sdk.BadRequestException
import dev.openint.sdk.CallOutcome
import dev.openint.sdk.ConflictException
import dev.openint.sdk.ConnectionErrorKind
import dev.openint.sdk.Failure
import dev.openint.sdk.InternalServerException
import dev.openint.sdk.InvalidInputException
import dev.openint.sdk.NotFoundException
import dev.openint.sdk.OpenintException
import dev.openint.sdk.PermissionDeniedException
import dev.openint.sdk.RateLimitException
import dev.openint.sdk.SdkDefectException
import dev.openint.sdk.UnprocessableEntityException

/** The library's failure as an exception of the package. */
internal fun Failure.toException(): OpenintException =
    when (this) {
        is Failure.InvalidInput -> InvalidInputException(outcome.message, field, expected)
        is Failure.Connect -> ApiConnectionException(outcome, ConnectionErrorKind.CONNECT, null)
        is Failure.Tls -> ApiConnectionException(outcome, ConnectionErrorKind.TLS, null)
        is Failure.Interrupted -> ApiConnectionException(outcome, ConnectionErrorKind.INTERRUPTED, phase)
        is Failure.Timeout -> ApiTimeoutException(outcome, phase)
        is Failure.Cancelled ->
            ApiCancelledException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied)
        is Failure.Api -> refused(error, outcome)
        is Failure.Decode -> invalidAnswer(outcome, path)
        is Failure.ResponseTooLarge -> invalidAnswer(outcome, null)
        is Failure.Incomplete -> ApiIncompleteException(outcome, seen, total)
        is Failure.ApiKey -> ApiKeyException(outcome)
        is Failure.Closed -> throw IllegalStateException("the client is closed")
        is Failure.Internal -> SdkDefectException(outcome.message, outcome.attempts, outcome.mayHaveBeenApplied)
    }

/** Errors go one way. */
internal fun OpenintException.toFailure(): Failure = throw UnsupportedOperationException(toString())

private fun invalidAnswer(outcome: CallOutcome, path: String?) =
    ApiResponseValidationException(
        outcome.message,
        outcome.attempts,
        outcome.mayHaveBeenApplied,
        outcome.isRetryable,
        path,
    )

private fun refused(error: ApiError, outcome: CallOutcome): ApiStatusException =
    when (error.status) {
        400 -> BadRequestException(error, outcome)
        401 -> AuthenticationException(error, outcome)
        403 -> PermissionDeniedException(error, outcome)
        404 -> NotFoundException(error, outcome)
        409 -> ConflictException(error, outcome)
        422 -> UnprocessableEntityException(error, outcome)
        429 -> RateLimitException(error, outcome)
        in 500..599 -> InternalServerException(error, outcome)
        else -> ApiStatusException(error, outcome)
    }
