package dev.openint.sdk.internal

import dev.openint.sdk.ApiCancelledException
import dev.openint.sdk.ApiConnectionException
import dev.openint.sdk.ApiResponseValidationException
import dev.openint.sdk.ApiStatusException
import dev.openint.sdk.ApiTimeoutException
import dev.openint.sdk.AuthenticationException
import dev.openint.sdk.BadRequestException
import dev.openint.sdk.ConflictException
import dev.openint.sdk.InternalServerException
import dev.openint.sdk.InvalidInputException
import dev.openint.sdk.Issue
import dev.openint.sdk.NotFoundException
import dev.openint.sdk.PermissionDeniedException
import dev.openint.sdk.RateLimitException
import dev.openint.sdk.SdkDefectException
import dev.openint.sdk.UnprocessableEntityException
import java.time.Duration

/**
 * Runs a call into the library and makes its failures those of the package. The generated
 * exceptions are no cause of them: their messages spell out every field, secrets included.
 */
internal inline fun <T> translated(isWrite: Boolean, call: () -> T): T =
    try {
        call()
    } catch (error: NativeException.Failed) {
        throw error.failure.toException()
    } catch (_: InternalException) {
        throw SdkDefectException("the SDK failed within itself; please report it", isWrite)
    }

internal fun invalidInput(field: String, expected: String): InvalidInputException =
    InvalidInputException("invalid `$field`: expected $expected", field, expected)

private fun NativeFailure.toException(): RuntimeException =
    when (kind) {
        "invalid_input" -> InvalidInputException(text, field.orEmpty(), expected.orEmpty())
        "closed" -> IllegalStateException(text)
        "timeout" -> ApiTimeoutException(text, attempts, mayHaveBeenApplied, retryable, phase)
        "connect", "tls", "interrupted" ->
            ApiConnectionException(text, attempts, mayHaveBeenApplied, retryable, kind, phase)
        "cancelled" -> ApiCancelledException(text, attempts, mayHaveBeenApplied)
        "decode", "response_too_large" ->
            ApiResponseValidationException(text, attempts, mayHaveBeenApplied, retryable, path)
        "api" -> refusal().toException()
        else -> SdkDefectException(text, mayHaveBeenApplied)
    }

private fun NativeFailure.refusal() =
    Refusal(
        message = text,
        attempts = attempts,
        mayHaveBeenApplied = mayHaveBeenApplied,
        isRetryable = retryable,
        statusCode = status ?: 0,
        code = code,
        serverMessage = serverMessage,
        issues = issues.map { Issue(it.path, it.text) },
        requestId = requestId,
        retryAfter = retryAfterMs?.let(Duration::ofMillis),
        body = body.orEmpty(),
    )

private fun Refusal.toException(): ApiStatusException =
    when (statusCode) {
        400 -> BadRequestException(this)
        401 -> AuthenticationException(this)
        403 -> PermissionDeniedException(this)
        404 -> NotFoundException(this)
        409 -> ConflictException(this)
        422 -> UnprocessableEntityException(this)
        429 -> RateLimitException(this)
        in 500..599 -> InternalServerException(this)
        else -> ApiStatusException(this)
    }
