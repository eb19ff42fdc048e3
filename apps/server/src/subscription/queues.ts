/** The queue of letters to confirm; its payload is a `ConfirmJob`. */
export const confirmQueue = 'subscription.confirm'

/** The letter to whoever asked. */
export interface ConfirmJob {
  readonly tenantId: string
  readonly requestId: string
}

/** The queue of letters to subscribers; its payload is a `LetterJob`. */
export const letterQueue = 'subscription.letters'

/** What waits for the subscribers of a tenant. */
export interface LetterJob {
  readonly tenantId: string
}

/** The queue of the daily look for lapsed lines; its payload is empty. */
export const lapseQueue = 'subscription.lapses'

/** When it is due each day, as cron says it: after the daily looks of the night. */
export const lapseTime = '43 5 * * *'
