import type { Sink } from '@art32/shield'

/**
 * What is written to a sink as a stream that is read as fast as somebody reads. The stream ends once the work has, and fails with it.
 *
 * @param work ends early where nobody reads any more: then its sink throws
 */
export async function* streamed(work: (sink: Sink) => Promise<void>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const writer = writable.getWriter()
  const sink = async (bytes: Uint8Array) => {
    // The shield uses its buffers again.
    if (bytes.length > 0) await writer.write(bytes.slice())
  }
  const done = work(sink).then(
    async () => await writer.close(),
    async (error: unknown) => {
      await writer.abort(error).catch(() => {})
      throw error
    },
  )
  // Whoever reads is told by the stream, too.
  done.catch(() => {})
  yield* readable
  await done
}
