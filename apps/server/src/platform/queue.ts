import { PgBoss } from 'pg-boss'
import { errorClass } from './log.ts'
import type { Log } from './log.ts'
import { noTelemetry } from './telemetry.ts'
import type { Telemetry } from './telemetry.ts'

/** A queue of jobs in the control database. Payloads hold random ids only. */
export interface Queue {
  /** Adds a job; with an id that was added before, nothing happens. */
  add(queue: string, job: { id: string; payload: object; startAfter: Date | null }): Promise<void>
  /**
   * Works on a queue; a job whose worker died comes back after its expiry. One job at a time, or several (`atOnce`), of
   * which at most half are of one tenant. A job that failed is tried again, at first after `retrySeconds`, then later.
   */
  work<T extends object>(
    queue: string,
    options: { expireSeconds: number; atOnce?: number; retries?: number; retrySeconds?: number },
    handle: (payload: T) => Promise<void>,
  ): Promise<void>
  /** Adds a job of an empty payload again and again. @param when five fields of cron, in UTC */
  repeat(queue: string, when: string): Promise<void>
  /** Jobs that are not done, by queue, as they were counted within the last minute or so. */
  count(): Promise<readonly { readonly queue: string; readonly waiting: number; readonly active: number }[]>
  /** Whether it is worked on: some worker has asked for jobs within half a minute. */
  isAlive(): boolean
  /** Takes no further job, and gives back what is not done within five seconds: another worker does it again. */
  stop(): Promise<void>
}

/** Workers ask every second; one that is busy for long does not. */
const silenceMs = 30_000

/** Opens the queue (pg-boss). A lost connection is logged and never ends the process. @param url of the control database */
export async function openQueue(url: string, log: Log, telemetry: Telemetry = noTelemetry): Promise<Queue> {
  const boss = new PgBoss({ connectionString: url, max: 4, application_name: 'art32 queue' })
  const followed = async (queue: string, work: () => Promise<void>) => {
    const named = { 'art32.queue': queue }
    const begun = performance.now()
    const ended = (outcome: 'done' | 'failed') =>
      telemetry.worked({ ...named, 'art32.outcome': outcome }, performance.now() - begun)
    try {
      await telemetry.span('job', named, work)
      ended('done')
    } catch (error) {
      ended('failed')
      log.error('job.failed', { queue, error: errorClass(error) })
      throw error
    }
  }
  boss.on('error', (error: unknown) => log.warn('queue.error', { error: errorClass(error) }))
  await boss.start()
  return {
    async add(queue, { id, payload, startAfter }) {
      const group = 'tenantId' in payload ? { group: { id: String(payload.tenantId) } } : {}
      await boss.send(queue, payload, { id, ...group, ...(startAfter ? { startAfter } : {}) })
    },
    async work<T extends object>(
      queue: string,
      {
        expireSeconds,
        atOnce = 1,
        retries = 3,
        retrySeconds = 1,
      }: { expireSeconds: number; atOnce?: number; retries?: number; retrySeconds?: number },
      handle: (payload: T) => Promise<void>,
    ) {
      await boss.createQueue(queue, {
        expireInSeconds: expireSeconds,
        retryLimit: retries,
        retryDelay: retrySeconds,
        retryBackoff: true,
        deleteAfterSeconds: 86_400,
      })
      const several = atOnce > 1 ? { localConcurrency: atOnce, localGroupConcurrency: Math.ceil(atOnce / 2) } : {}
      await boss.work<T>(queue, { pollingIntervalSeconds: 1, ...several }, async (jobs) => {
        for (const job of jobs) {
          await followed(queue, () => handle(job.data))
        }
      })
    },
    async repeat(queue, when) {
      await boss.schedule(queue, when, {}, { tz: 'UTC' })
    },
    async count() {
      const queues = await boss.getQueues()
      return queues
        .filter(({ name }) => !name.startsWith('__'))
        .map(({ name, readyCount, activeCount }) => ({
          queue: name,
          waiting: readyCount,
          active: activeCount,
        }))
    },
    isAlive() {
      const asked = boss.getWipData().map(({ state, lastFetchedOn }) => (state === 'active' ? (lastFetchedOn ?? 0) : 0))
      return Date.now() - Math.max(0, ...asked) < silenceMs
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
