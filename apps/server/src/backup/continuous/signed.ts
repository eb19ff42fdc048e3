import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { KeyRing } from '../../platform/index.ts'
import { damaged } from '../archive.ts'
import { backupErrors } from '../errors.ts'

/**
 * The key under which the files of an archive are vouched for. PostgreSQL runs what a base holds before anything of it can be
 * asked, so a signature of the installation's ledger, whose key lies in the base, would come too late.
 */
export interface VouchingKey {
  readonly key: Buffer
  /** Tells it from others; says nothing of it. */
  readonly id: string
}

/** Those of the present master key and of the ones before. The first is the present one. */
export function vouchingKeys({ current, earlier }: KeyRing): [VouchingKey, ...VouchingKey[]] {
  return [vouchingKey(current), ...earlier.map(vouchingKey)]
}

function vouchingKey(master: Uint8Array): VouchingKey {
  const key = createHmac('sha256', master).update('art32 continuous archive').digest()
  return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 16) }
}

const Vouched = z.looseObject({ key: z.string() })

/** Some content on one line, and the line that vouches for it. */
export function vouch(content: Readonly<Record<string, unknown>>, { key, id }: VouchingKey): string {
  const text = JSON.stringify({ ...content, key: id })
  return `${text}\n${createHmac('sha256', key).update(text).digest('hex')}\n`
}

/** Reads what was vouched for. @throws {backup.wrong_master_key | backup.damaged} */
export function readVouched<T extends z.ZodType>(schema: T, text: string, keys: readonly VouchingKey[]): z.output<T> {
  const [content = '', mac = ''] = text.split('\n')
  let found: z.output<typeof Vouched>
  try {
    found = Vouched.parse(JSON.parse(content))
  } catch (cause) {
    throw damaged('manifest-unreadable', cause)
  }
  const key = keys.find(({ id }) => id === found.key)
  if (key === undefined) throw backupErrors.wrong_master_key()
  const expected = createHmac('sha256', key.key).update(content).digest()
  const given = Buffer.from(mac, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw damaged('not-signed')
  const parsed = schema.safeParse(found)
  if (!parsed.success) throw damaged('manifest-unreadable', parsed.error)
  return parsed.data
}
