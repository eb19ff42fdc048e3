import { z } from 'zod'

/** What a drill can restore. */
export const drillKinds = ['postgres-dump', 'restic', 'borg', 'pgbackrest', 'folder'] as const

/** Why a drill failed: of the backup, never of what kept the drill from looking. */
export const drillProblems = [
  'missing',
  'empty',
  'truncated',
  'damaged',
  'wrong-key',
  'refused',
  'psql-command',
  'disk-full',
  'too-large',
  'too-slow',
  'does-not-start',
] as const

/** One reason why a drill failed. */
export type DrillProblem = (typeof drillProblems)[number]

/** Text that a plan or a backup chose: no control characters, and no longer than a line. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\u202A-\u202E\u2066-\u2069]*$/u)
const amount = z.int().min(0)
const seconds = z.number().min(0)

/** What a drill says that it was asked, and what came of it. */
export const sentFacts = {
  /** By what it was judged. A plan that asks less than before has another hash, which stands in the history. */
  plan: z.strictObject({
    kind: z.enum(drillKinds),
    /** Of the file as it is written, with the names of its variables and without their values. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    expectations: amount,
    allowedRtoSeconds: seconds,
    allowedRpoSeconds: seconds,
  }),
  drill: z.strictObject({
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    /** What was restored, by the name that its program gave it, and the instant that it holds; null: it does not say. */
    backup: z.strictObject({ name: line(200), at: z.iso.datetime().nullable() }).nullable(),
    /** Empty: everything was restored. `place` is a line, a file or a step. */
    problems: z.array(z.strictObject({ code: z.enum(drillProblems), place: line(200) })).max(20),
    /** What had to be true afterwards. Of a query only a number, a time or yes and no is told. */
    expectations: z
      .array(
        z.strictObject({
          what: z.enum(['table', 'query', 'newest', 'file']),
          name: line(200),
          isMet: z.boolean(),
          wanted: line(100),
          /** Null: it is not there, or what was seen is a text, which stays where it is. */
          seen: line(100).nullable(),
        }),
      )
      .max(500),
    restored: z.strictObject({ tables: amount, rows: amount, files: amount, bytes: amount }),
    /** From the first byte to the last answer; null: it did not come so far. */
    rtoSeconds: seconds.nullable(),
    /** How old the newest of what came back was when the drill began, by its rows or by the time of the backup. */
    rpoSeconds: z.number().nullable(),
    rpoBy: z.enum(['rows', 'backup']).nullable(),
    /** Everything that the drill made is gone again. */
    isRemoved: z.boolean(),
    /** Where it ran, as that place says of itself; null: on a computer. */
    origin: z
      .strictObject({
        pipeline: z.enum(['github-actions', 'bitbucket-pipelines', 'gitlab-ci']),
        repository: line(200),
        commit: z.string().regex(/^[0-9a-f]{7,64}$/),
        run: line(100),
      })
      .nullable(),
  }),
}

/** Who signed a result, as far as that was verified where it arrived. */
const signing = {
  /** Name and id of the key, `shop-nightly+1a2b3c4d`. */
  by: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}\+[0-9a-f]{8}$/),
  envelope: z.strictObject({
    /** Of the envelope in canonical JSON. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** It lies with these facts, as it came. It does not where it named a person, which facts never do. */
    isKept: z.boolean(),
  }),
}

/** Who signed a result; of one that arrived and was verified, also the envelope. */
export type DrillSigning = {
  readonly by: z.output<typeof signing.by>
  readonly envelope?: z.output<typeof signing.envelope>
}

/**
 * What is kept of it: with who signed it, which nobody can send. Nothing there stands for "not signed", as in what was kept before
 * results could be signed.
 */
export const drillFacts = {
  plan: sentFacts.plan.extend({ signedBy: signing.by.optional() }),
  drill: sentFacts.drill.extend({ envelope: signing.envelope.optional() }),
}

/** What a drill was asked, and what came of it. */
export type DrillFacts = { readonly [K in keyof typeof drillFacts]: z.output<(typeof drillFacts)[K]> }
