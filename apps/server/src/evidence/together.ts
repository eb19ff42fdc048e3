import { onConnection } from './connection.ts'
import type { Connections } from './connection.ts'
import { addAppended } from './store.ts'
import type { Appended } from './store.ts'

/** Rows of one statement; others wait for the next. */
const mostAtOnce = 1_000

interface Waiting {
  readonly rows: readonly Appended[]
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

/**
 * Writes what several transactions append that do nothing else, by one commit for all that wait at that moment.
 *
 * A commit costs the disk one sync whatever it holds. Each caller is told when its own rows are durable; where a statement
 * fails, each caller's rows are tried by themselves, so that nobody bears another's fault.
 */
export interface Together {
  /** @param key one queue for each; `connections` are those of the newest caller */
  write(key: string, connections: Connections, rows: readonly Appended[]): Promise<void>
}

export function openTogether(): Together {
  const queues = new Map<string, { waiting: Waiting[]; connections: Connections }>()

  async function drain(key: string): Promise<void> {
    for (let queue = queues.get(key); queue !== undefined; queue = queues.get(key)) {
      if (queue.waiting.length === 0) {
        queues.delete(key)
        return
      }
      await writeAll(queue.connections, queue.waiting.splice(0, countOf(queue.waiting)))
    }
  }

  return {
    async write(key, connections, rows) {
      const running = queues.get(key)
      const queue = running ?? { waiting: [], connections }
      queue.connections = connections
      const written = new Promise<void>((done, failed) => queue.waiting.push({ rows, done, failed }))
      if (running === undefined) {
        queues.set(key, queue)
        void drain(key)
      }
      await written
    },
  }
}

/** How many of those that wait fit into one statement: at least one. */
function countOf(waiting: readonly Waiting[]): number {
  let rows = 0
  const end = waiting.findIndex((one) => (rows += one.rows.length) > mostAtOnce)
  return end === -1 ? waiting.length : Math.max(1, end)
}

async function writeAll(connections: Connections, all: readonly Waiting[]): Promise<void> {
  try {
    await onConnection(
      connections,
      async (sql) =>
        await addAppended(
          sql,
          all.flatMap(({ rows }) => rows),
        ),
    )
    for (const { done } of all) done()
  } catch (error) {
    if (all.length === 1) all[0]?.failed(error)
    else for (const one of all) await writeAll(connections, [one])
  }
}
