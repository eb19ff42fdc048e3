import { PgBoss } from 'pg-boss'
import type { Crew } from './crew.ts'
import { openAlone } from './crew.ts'
import { errorClass } from './log.ts'
import type { Log } from './log.ts'
import { noTelemetry } from './telemetry.ts'
import type { Telemetry } from './telemetry.ts'

/** A queue of jobs in the control database. Payloads hold random ids only. */
export interface Queue {
  /** Adds a job; with an id that was added before, nothing happens. */
  add(queue: string, job: { id: string; payload: object; startAfter: Date | null }): Promise<void>
  /**
   * Works on a queue; a job whose worker died comes back within half a minute where others are
   * looked for, and else soon after the next start. One job at a time, or several (`atOnce`), of
   * which at most half are of one tenant; of those of which one alone may be worked on here, no other process works on a
   * second one of the same tenant. A job that failed is tried again, at first after `retrySeconds`, then later.
   *
   * A process that works on no queue only makes it, so that jobs can be added.
   */
  work<T extends object>(
    queue: string,
    options: {
      expireSeconds: number
      atOnce?: number
      retries?: number
      retrySeconds?: number
      /** Only made here: another process is set up for it. */
      isElsewhere?: boolean
    },
    handle: (payload: T) => Promise<void>,
  ): Promise<void>
  /** Adds a job of an empty payload again and again, once for all processes. @param when five fields of cron, in UTC */
  repeat(queue: string, when: string): Promise<void>
  /** Jobs that are not done, by queue, as they were counted within the last minute or so. */
  count(): Promise<readonly { readonly queue: string; readonly waiting: number; readonly active: number }[]>
  /** Whether it is worked on, where this process works: some worker has asked for jobs within half a minute. */
  isAlive(): boolean
  /** Takes no further job, and gives back what is not done within five seconds: another worker does it again. */
  stop(): Promise<void>
}

/** Workers ask every second; one that is busy for long does not. */
const silenceMs = 30_000

/** A worker says so often that it lives, and is taken for dead when it did not for so long. Seconds. */
const heartbeat = { heartbeatSeconds: 15, heartbeatRefreshSeconds: 5 }
/** How often it is looked for dead workers where there may be others. Seconds. */
const lookSeconds = 10

/** What the queue needs to know of the processes beside this one. */
export interface QueueOptions {
  /** Whether this process works on queues and keeps their schedules; otherwise it only adds jobs. */
  readonly works?: boolean
  readonly crew?: Pick<Crew, 'hold'>
  /** Whether other processes may work on the same queues. */
  readonly isShared?: boolean
}

/** Opens the queue (pg-boss). A lost connection is logged and never ends the process. @param url of the control database */
export async function openQueue(
  url: string,
  log: Log,
  telemetry: Telemetry = noTelemetry,
  { works = true, crew = openAlone(), isShared = false }: QueueOptions = {},
): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: url,
    max: 3,
    application_name: 'art32 queue',
    supervise: works,
    schedule: works,
    ...(isShared ? { superviseIntervalSeconds: lookSeconds, monitorIntervalSeconds: lookSeconds } : {}),
  })
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
  const known = new Map((await boss.getQueues()).map((queue) => [queue.name, queue.heartbeatSeconds]))
  const { heartbeatSeconds } = heartbeat

  /** Within one process the queue sees to it that one at a time is worked on; the name sees to it among all of them. */
  const oneByOne = async (name: string, work: () => Promise<void>) => {
    const release = await crew.hold(name)
    try {
      await work()
    } finally {
      await release?.()
    }
  }

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
        isElsewhere = false,
      }: { expireSeconds: number; atOnce?: number; retries?: number; retrySeconds?: number; isElsewhere?: boolean },
      handle: (payload: T) => Promise<void>,
    ) {
      if (!known.has(queue))
        await boss.createQueue(queue, {
          expireInSeconds: expireSeconds,
          retryLimit: retries,
          retryDelay: retrySeconds,
          retryBackoff: true,
          deleteAfterSeconds: 86_400,
          heartbeatSeconds,
        })
      else if (known.get(queue) !== heartbeatSeconds) await boss.updateQueue(queue, { heartbeatSeconds })
      if (!works || isElsewhere) return
      const ofOne = Math.ceil(atOnce / 2)
      const several = atOnce > 1 ? { localConcurrency: atOnce, localGroupConcurrency: ofOne } : {}
      const { heartbeatRefreshSeconds } = heartbeat
      await boss.work<T>(queue, { pollingIntervalSeconds: 1, heartbeatRefreshSeconds, ...several }, async (jobs) => {
        for (const { data } of jobs) {
          const whose = 'tenantId' in data ? String(data.tenantId) : ''
          await followed(queue, () =>
            ofOne > 1 ? handle(data) : oneByOne(`queue ${queue} ${whose}`, () => handle(data)),
          )
        }
      })
    },
    async repeat(queue, when) {
      if (works) await boss.schedule(queue, when, {}, { tz: 'UTC' })
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
      if (!works) return true
      const asked = boss.getWipData().map(({ state, lastFetchedOn }) => (state === 'active' ? (lastFetchedOn ?? 0) : 0))
      return Date.now() - Math.max(0, ...asked) < silenceMs
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
