import { hash } from 'node:crypto'
import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml'
import type { Document } from 'yaml'
import { z } from 'zod'
import { findDurationMs } from '../engine/duration.ts'
import { drillName } from './push.ts'

/** The format of a plan. */
export const planFormat = 'art32.drill-plan/1'

/** What cannot be used in a plan, with its line. Values are not repeated: one may be a password. */
export class PlanError extends Error {
  override readonly name = 'PlanError'
}

const text = z
  .string()
  .min(1)
  .max(1_000)
  .regex(/^[^\p{Cc}]*$/u, 'has a control character')
/** A path goes to programs as an argument: one that begins with a dash would be taken for an option. */
const path = text.regex(/^[^-]/, 'must not begin with a dash')
/** A path inside of what comes back: relative, without a way out. */
const inside = path.refine((one) => !one.startsWith('/') && !one.split('/').includes('..'), {
  error: 'is a path inside of what comes back: not absolute, and without ".."',
})
const word = text.regex(/^[A-Za-z0-9][A-Za-z0-9_.:@+-]*$/, 'takes letters, digits and . _ : @ + -')
const duration = text
  .refine((one) => findDurationMs(one) !== undefined, { error: 'takes a duration such as PT26H or P7D' })
  .transform((one) => (findDurationMs(one) ?? 0) / 1_000)
/** `orders` or `shop.orders`; any characters, since it is always quoted. */
const table = text
  .max(130)
  .regex(/^[^.]+(?:\.[^.]+)?$/, 'takes a table, or a schema and a table with a dot between them')
  .transform((one) => (one.includes('.') ? one : `public.${one}`))
const title = text.max(150)

/** A dump that lies in what a repository gives back. */
const dump = { dump: inside.optional() }

const Backup = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('postgres-dump'),
    /** A file or a folder of pg_dump; `*` in its last part takes the newest that fits. */
    path,
  }),
  z.strictObject({
    kind: z.literal('restic'),
    repository: path,
    password: text.optional(),
    passwordFile: path.optional(),
    account: text.optional(),
    accountKey: text.optional(),
    host: word.optional(),
    tag: word.optional(),
    /** Only this of it. */
    include: z.array(path).max(50).default([]),
    ...dump,
  }),
  z.strictObject({
    kind: z.literal('borg'),
    repository: path,
    password: text.optional(),
    /** Names of archives begin with it. */
    prefix: word.optional(),
    include: z.array(inside).max(50).default([]),
    ...dump,
  }),
  z.strictObject({
    kind: z.literal('pgbackrest'),
    stanza: word,
    config: path.optional(),
    password: text.optional(),
    /** The database in which the expectations are asked. */
    database: text.max(63).default('postgres'),
    /** A role of the restored server that may read it, and needs no password over its socket. */
    role: text.max(63).default('postgres'),
    /** Of the version that was backed up: /usr/lib/postgresql/17/bin */
    binaries: path,
  }),
  z.strictObject({
    kind: z.literal('folder'),
    /** A folder, or an archive that tar reads; `*` in its last part takes the newest that fits. */
    path,
    ...dump,
  }),
])

const bounds = {
  equals: z.union([z.number(), z.string().max(100), z.boolean()]).optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
}

const Plan = z
  .strictObject({
    format: z.literal(planFormat),
    drill: drillName,
    backup: Backup,
    scratch: z
      .strictObject({
        /** `embedded`: art32 starts a server for the drill. Otherwise the address of an empty one. */
        database: text.default('embedded'),
        /** Where files come back; a folder of its own is made in it. */
        folder: path.optional(),
        /** Made before a dump is restored, since only an administrator may. */
        extensions: z.array(word).max(50).default([]),
      })
      .default({ database: 'embedded', extensions: [] }),
    /** Servers that are never touched, by name or address. */
    production: z.array(word).max(50).default([]),
    expect: z
      .strictObject({
        tables: z
          .array(z.strictObject({ table, rows: z.int().min(0).default(1) }))
          .max(200)
          .default([]),
        queries: z
          .array(
            z
              .strictObject({ name: title, query: z.string().min(1).max(10_000), ...bounds })
              .refine((one) => (['equals', 'atLeast', 'atMost'] as const).some((key) => one[key] !== undefined), {
                error: 'needs equals, atLeast or atMost',
              }),
          )
          .max(100)
          .default([]),
        newest: z
          .array(z.strictObject({ table, column: text.max(63), atMost: duration }))
          .max(50)
          .default([]),
        files: z
          .array(
            z.strictObject({
              path: inside,
              bytes: z.int().min(0).optional(),
              atLeastBytes: z.int().min(0).optional(),
              sha256: z
                .string()
                .regex(/^[0-9a-f]{64}$/, 'takes 64 digits of a SHA-256 sum')
                .optional(),
            }),
          )
          .max(100)
          .default([]),
      })
      .refine(
        ({ tables, queries, newest, files }) => tables.length + queries.length + newest.length + files.length > 0,
        {
          error: 'is empty: a restore that is compared with nothing proves nothing',
        },
      ),
    allowed: z.strictObject({ rto: duration, rpo: duration }),
    limits: z
      .strictObject({
        minutes: z.number().positive().max(2_880).default(60),
        gigabytes: z.number().positive().max(100_000).default(20),
      })
      .default({ minutes: 60, gigabytes: 20 }),
  })
  .superRefine(({ backup, expect: { tables, queries, newest, files } }, context) => {
    const holdsDatabase = backup.kind === 'postgres-dump' || backup.kind === 'pgbackrest' || backup.dump !== undefined
    const holdsFiles = backup.kind !== 'postgres-dump' && backup.kind !== 'pgbackrest'
    if (!holdsDatabase && tables.length + queries.length + newest.length > 0)
      context.addIssue({ code: 'custom', path: ['backup'], message: 'holds no database: name the dump in it (dump)' })
    if (!holdsFiles && files.length > 0)
      context.addIssue({ code: 'custom', path: ['expect', 'files'], message: 'is for backups of files' })
  })

/** A plan, its secrets filled in. */
export type Plan = z.output<typeof Plan> & {
  /** Of the text as it is written. */
  readonly sha256: string
}

/** What is restored. */
export type Backup = Plan['backup']

const longest = 262_144

/**
 * Reads a plan. `${NAME}` in a value is a variable of the environment, so that no secret stands in the file.
 *
 * @throws {PlanError} with the line and what to do
 */
export function readPlan(source: string, environment: Readonly<Record<string, string | undefined>>): Plan {
  if (source.length > longest) throw new PlanError('The plan is longer than 256 KiB.')
  const lines = new LineCounter()
  const document = parseDocument(source, { lineCounter: lines, logLevel: 'error', uniqueKeys: true })
  const [broken] = document.errors
  if (broken) throw new PlanError(`Line ${lines.linePos(broken.pos[0]).line}: this is neither YAML nor JSON.`)
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node) || (isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined) !== undefined)
        throw new PlanError(`Line ${lines.linePos(node.range?.[0] ?? 0).line}: anchors and aliases are not taken.`)
    },
  })
  const place = (path: readonly PropertyKey[]) => `Line ${lineOf(document, lines, path)}`
  const filled = fill(document.toJS({ maxAliasCount: 0 }), environment, [], place)
  const parsed = Plan.safeParse(filled)
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5)
    throw new PlanError(issues.map((issue) => `${place(issue.path)}: ${sentence(issue)}`).join('\n'))
  }
  return { ...parsed.data, sha256: hash('sha256', source) }
}

function sentence(issue: z.core.$ZodIssue): string {
  const name = issue.path.map(String).join('.') || 'the plan'
  if (issue.code === 'unrecognized_keys') return `${name}: unknown: ${issue.keys.map(legible).join(', ')}.`
  if (issue.code === 'invalid_value') return `${name}: takes ${issue.values.map(String).join(', ')}.`
  if (issue.code === 'invalid_union')
    return `${name}: takes ${name === 'backup.kind' ? 'postgres-dump, restic, borg, pgbackrest or folder' : 'something else'}.`
  if (issue.code === 'invalid_type') return `${name}: is missing, or not ${issue.expected}.`
  return `${name} ${issue.message}.`
}

const legible = (key: string) => key.replaceAll(/[^\w.-]/g, '?').slice(0, 60)

/** The line of a value, or of the nearest thing around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const found: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if ((isScalar(found) || isMap(found) || isSeq(found)) && found.range) return lines.linePos(found.range[0]).line
  }
  return 1
}

function fill(
  value: unknown,
  environment: Readonly<Record<string, string | undefined>>,
  path: readonly PropertyKey[],
  place: (path: readonly PropertyKey[]) => string,
): unknown {
  if (typeof value === 'string')
    return value.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => {
      const given = environment[name]
      if (given === undefined || given === '')
        throw new PlanError(`${place(path)}: the environment has no variable ${name}.`)
      return given
    })
  if (Array.isArray(value)) return value.map((item: unknown, index) => fill(item, environment, [...path, index], place))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fill(item, environment, [...path, key], place)]),
  )
}
