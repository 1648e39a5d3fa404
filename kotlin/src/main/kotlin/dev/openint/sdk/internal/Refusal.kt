package dev.openint.sdk.internal

import dev.openint.sdk.Issue
import java.time.Duration

/** What the API said with a status that is no success. */
internal class Refusal(
    val message: String,
    val attempts: Int,
    val mayHaveBeenApplied: Boolean,
    val isRetryable: Boolean,
    val statusCode: Int,
    val code: String?,
    val serverMessage: String?,
    val issues: List<Issue>,
    val requestId: String?,
    val retryAfter: Duration?,
    val body: String,
)
