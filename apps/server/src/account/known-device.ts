import { createHmac, createSecretKey, randomBytes, timingSafeEqual } from 'node:crypto'

const markDays = 180

/** Marks devices on which somebody signed in, so that whoever guesses elsewhere cannot lock them out. */
export interface KnownDevices {
  /** The random id of the device, if these headers show that this address signed in on it; else null. */
  find(headers: Headers, address: string): string | null
  /** A cookie that marks the device for this address; no script reads it, no other host receives it, and only the sign-in looks at it. */
  mark(address: string): string
}

/**
 * Opens the marks. One is `id.day.signature`, signed together with the address, in a cookie whose name tells the accounts
 * of one browser apart without naming them. It opens nothing: it only gives attempts of its own.
 */
export function openKnownDevices(options: { secret: Uint8Array; secure: boolean; now: () => Date }): KnownDevices {
  const { secure, now } = options
  const secret = createSecretKey(options.secret)
  const sign = (...parts: (string | number)[]) => createHmac('sha256', secret).update(parts.join('\0')).digest()
  const nameOf = (address: string) =>
    `${secure ? '__Host-' : ''}art32.device.${sign('name', address).toString('hex').slice(0, 8)}`
  const today = () => Math.floor(now().getTime() / 86_400_000)
  return {
    find(headers, address) {
      const name = nameOf(address)
      for (const pair of (headers.get('cookie') ?? '').split(';')) {
        const [key = '', value = ''] = pair.trim().split('=')
        const match = key === name && /^([\w-]{22})\.(\d{1,6})\.([\w-]{43})$/.exec(value)
        if (!match) continue
        const [, id = '', day = '', signature = ''] = match
        const isOurs = timingSafeEqual(sign('mark', address, id, day), Buffer.from(signature, 'base64url'))
        if (isOurs && today() - Number(day) <= markDays) return id
      }
      return null
    },
    mark(address) {
      const id = randomBytes(16).toString('base64url')
      const value = `${id}.${today()}.${sign('mark', address, id, today()).toString('base64url')}`
      const age = markDays * 86_400
      return `${nameOf(address)}=${value}; Max-Age=${age}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
    },
  }
}
