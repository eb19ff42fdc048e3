import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Lets bytes pass at a rate, so that a backup leaves others their share of the line.
 *
 * @param bytesPerSecond null: as fast as they come
 */
export async function* slowed(
  bytes: AsyncIterable<Uint8Array>,
  bytesPerSecond: number | null,
  wait: (ms: number) => Promise<unknown> = sleep,
): AsyncGenerator<Uint8Array> {
  let owedMs = 0
  for await (const part of bytes) {
    yield part
    if (bytesPerSecond === null) continue
    owedMs += (part.length / bytesPerSecond) * 1_000
    // Shorter pauses than a timer can make add up to longer ones than were meant.
    if (owedMs < 20) continue
    await wait(owedMs)
    owedMs = 0
  }
}
