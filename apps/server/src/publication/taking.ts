import { age, AgeError, errorClass } from '../platform/index.ts'
import type { AgeIdentity, Intake, Log } from '../platform/index.ts'
import type { TenantContext, Tenants } from '../evidence/index.ts'
import { unpack } from './envelope.ts'
import type { Envelope } from './envelope.ts'

/** A submission that was opened. */
export interface Submission {
  readonly envelope: Envelope
  readonly body: Buffer
  /** Notes in the transaction in which something is kept that this submission was handed on. @throws {AlreadyTaken} */
  readonly claim: (tx: TenantContext) => Promise<void>
}

/** What taking in needs of the rest of the server. */
export interface TakingDependencies {
  readonly intake: Intake
  readonly identity: AgeIdentity
  /** Hands a submission on as if it was posted here; the answer is what whoever posts is told. */
  readonly hand: (submission: Submission) => Promise<Response | null>
  readonly now: () => Date
  readonly log: Log
}

/** Takes in what a portal put into the folder. */
export interface Taking {
  /** Hands on all that waits. */
  round(): Promise<void>
}

/** What could not be handed on is tried again after this long. Milliseconds. */
const againMs = 60_000
/** What was posted too often from one network is not tried for longer than this. */
const longestMs = 3 * 86_400_000
/** Ids are remembered for longer than a copy of a file could turn up again by mistake. */
const rememberedDays = 90

/** The submission was handed on before: a copy of the file, or the process was killed before it removed it. */
export class AlreadyTaken extends Error {
  constructor() {
    super('already taken')
    this.name = 'AlreadyTaken'
  }
}

/** Nothing was kept of the submission, in the words of the answer. */
class NotKept extends Error {
  readonly answer: Response

  constructor(answer: Response) {
    super('not kept')
    this.name = 'NotKept'
    this.answer = answer
  }
}

/**
 * Takes in submissions, each exactly once: the id is noted in the transaction that keeps it, and the file removed after that.
 * Killed in between, the next round finds the note.
 */
export function openTaking({ intake, identity, hand, now, log }: TakingDependencies): Taking {
  const later = new Map<string, number>()

  async function open(id: string): Promise<ReturnType<typeof unpack> | 'unopened'> {
    const sealed = await intake.read(id)
    if (sealed === null) return null
    try {
      const parts: Uint8Array[] = []
      for await (const part of age.open([identity.key], oneOf(sealed))) parts.push(part)
      return unpack(Buffer.concat(parts))
    } catch (error) {
      if (error instanceof AgeError && error.reason === 'wrong-key') return 'unopened'
      // It was sealed by nobody, or half of it.
      return null
    }
  }

  async function take(id: string): Promise<void> {
    const opened = await open(id)
    if (opened === 'unopened') {
      log.error('intake.unopened', { trace: id })
      await intake.putAside(id)
      return
    }
    if (opened === null) {
      log.warn('intake.malformed', { trace: id })
      await intake.remove(id)
      return
    }
    const { envelope } = opened
    const answer = await hand({ ...opened, claim: (tx) => claim(tx, envelope.id) }).catch((error: unknown) => {
      if (error instanceof NotKept) return error.answer
      if (error instanceof AlreadyTaken) return new Response(null, { status: 204 })
      throw error
    })
    const status = answer?.status ?? 404
    const isOld = now().getTime() - Date.parse(envelope.at) > longestMs
    if (status >= 500 || (status === 429 && !isOld)) {
      later.set(id, now().getTime() + againMs)
      return
    }
    if (status >= 400) log.warn('intake.refused', { trace: envelope.id, code: envelope.form, status })
    await intake.remove(id)
  }

  return {
    async round() {
      for (const id of await intake.list()) {
        if ((later.get(id) ?? 0) > now().getTime()) continue
        later.delete(id)
        try {
          await take(id)
        } catch (error) {
          // The database is away, or something is wrong with us: nothing is lost, and nothing else waits for it.
          later.set(id, now().getTime() + againMs)
          log.error('intake.failed', { trace: id, error: errorClass(error) })
        }
      }
    },
  }
}

/** The same tenants, where whatever is done is done once; what is refused undoes the note. */
export function onceIn(tenants: Tenants, once: (tx: TenantContext) => Promise<void>): Tenants {
  return {
    ...tenants,
    asSystem: (slug, work, options) =>
      tenants.asSystem(
        slug,
        async (tx) => {
          await once(tx)
          const done = await work(tx)
          if (done instanceof Response && done.status >= 400) throw new NotKept(done)
          return done
        },
        options,
      ),
  }
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

async function claim(tx: TenantContext, id: string): Promise<void> {
  await tx.sql.query('delete from taken_in where at < $1', [new Date(tx.now.getTime() - rememberedDays * 86_400_000)])
  const { rows } = await tx.sql.query(
    'insert into taken_in (id, at) values ($1, $2) on conflict do nothing returning id',
    [id, tx.now],
  )
  if (rows.length === 0) throw new AlreadyTaken()
}
