import type { KnownAnswers } from '../engine/connector.ts'

/**
 * Keeps earlier answers with their ETag in memory, so that a vendor need not send again what did not change.
 *
 * @param mostBytes of all together; the ones that were not asked for longest go first
 */
export function openAnswers(mostBytes = 32 * 1_048_576): KnownAnswers {
  const answers = new Map<string, { readonly etag: string; readonly body: string }>()
  let bytes = 0
  const drop = (key: string): void => {
    bytes -= answers.get(key)?.body.length ?? 0
    answers.delete(key)
  }
  return {
    get(key) {
      const answer = answers.get(key)
      if (!answer) return undefined
      answers.delete(key)
      answers.set(key, answer)
      return answer
    },
    set(key, answer) {
      drop(key)
      if (answer.body.length > mostBytes / 4) return
      answers.set(key, answer)
      bytes += answer.body.length
      for (const oldest of answers.keys()) {
        if (bytes <= mostBytes) break
        drop(oldest)
      }
    },
  }
}
