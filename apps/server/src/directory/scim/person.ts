import { z } from 'zod'
import { ScimRefusal, invalid } from './refusal.ts'

/** A person as the directory describes them; what art32 does not keep is left out. */
export interface Description {
  readonly userName: string
  readonly externalId: string | null
  readonly name: string
  readonly email: string
  readonly isActive: boolean
}

const short = z.string().max(320)
/** Azure's older provisioning writes booleans as words. */
const Active = z.union([
  z.boolean(),
  z
    .string()
    .regex(/^(true|false)$/i)
    .transform((word) => word.toLowerCase() === 'true'),
])
const Name = z.looseObject({
  formatted: short.nullish(),
  givenName: short.nullish(),
  familyName: short.nullish(),
})
const Emails = z.array(z.looseObject({ value: short, primary: z.union([z.boolean(), z.string()]).optional() })).max(20)
const User = z.looseObject({
  userName: short.min(1),
  externalId: z.string().min(1).max(255).nullish(),
  displayName: short.nullish(),
  name: Name.nullish(),
  emails: Emails.nullish(),
  active: Active.optional(),
})
const Operation = z.looseObject({
  op: z.string().transform((word) => word.toLowerCase()),
  path: z.string().max(200).optional(),
  value: z.unknown().optional(),
})
/** RFC 7644 §3.5.2. */
export const Patch = z.looseObject({ Operations: z.array(Operation).min(1).max(1_000) })
export type PatchOperation = z.output<typeof Operation>

/** Reads a whole user, as POST and PUT send it. */
export function describe(body: unknown): Description {
  const parsed = User.safeParse(body)
  if (!parsed.success) throw invalid(`The user is not valid: ${parsed.error.issues[0]?.path.join('.') ?? ''}.`)
  const { userName, externalId, displayName, name, emails, active } = parsed.data
  const joined = [name?.givenName, name?.familyName].filter(Boolean).join(' ')
  return complete({
    userName,
    externalId: externalId ?? null,
    name: displayName || name?.formatted || joined || userName,
    email: (emails?.find((one) => String(one.primary).toLowerCase() === 'true') ?? emails?.[0])?.value ?? userName,
    isActive: active ?? true,
  })
}

/** Changes a description as PATCH asks. Attributes that art32 does not keep change nothing. */
export function patched(before: Description, body: unknown): Description {
  const parsed = Patch.safeParse(body)
  if (!parsed.success) throw new ScimRefusal(400, 'The body is not a PatchOp.', 'invalidSyntax')
  let after = before
  for (const operation of parsed.data.Operations) after = applied(after, operation)
  return complete(after)
}

function applied(before: Description, { op, path, value }: PatchOperation): Description {
  if (!['add', 'replace', 'remove'].includes(op))
    throw new ScimRefusal(400, 'The operation is unknown.', 'invalidSyntax')
  if (path === undefined) {
    const values = z.record(z.string(), z.unknown()).safeParse(value)
    if (!values.success) throw invalid('An operation without a path needs an object of attributes.')
    return Object.entries(values.data).reduce((person, [key, one]) => withAttribute(person, op, key, one), before)
  }
  return withAttribute(before, op, path, value)
}

function withAttribute(before: Description, op: string, path: string, value: unknown): Description {
  const attribute = path.replace(/^urn:ietf:params:scim:schemas:core:2\.0:User:/i, '').toLowerCase()
  if (op === 'remove') {
    if (attribute === 'externalid') return { ...before, externalId: null }
    if (['username', 'active'].includes(attribute)) throw new ScimRefusal(400, 'This attribute stays.', 'mutability')
    return before
  }
  if (attribute === 'active') return { ...before, isActive: read(Active, value, 'active') }
  if (attribute === 'username') return { ...before, userName: read(short.min(1), value, 'userName') }
  if (attribute === 'externalid') return { ...before, externalId: read(short.min(1), value, 'externalId') }
  if (attribute === 'displayname' || attribute === 'name.formatted')
    return { ...before, name: read(short.min(1), value, 'displayName') }
  if (attribute === 'name') return { ...before, name: read(Name, value, 'name').formatted || before.name }
  if (attribute === 'emails') return { ...before, email: read(Emails, value, 'emails')[0]?.value ?? before.email }
  if (/^emails\[[^\]]*\]\.value$/.test(attribute)) return { ...before, email: read(short, value, 'emails') }
  return before
}

function read<T>(schema: z.ZodType<T>, value: unknown, attribute: string): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw invalid(`The value of ${attribute} is not valid.`)
  return parsed.data
}

function complete(person: Description): Description {
  const email = z.email().max(320).safeParse(person.email.trim().toLowerCase())
  if (!email.success) throw invalid('The user needs a mail address, in emails or as userName.')
  const texts = [person.userName, person.externalId ?? '', person.name]
  if (texts.some((text) => text.includes('\0') || !text.isWellFormed()))
    throw invalid('A text holds NUL or half a character.')
  return { ...person, email: email.data, name: person.name.trim().slice(0, 200) || email.data }
}
