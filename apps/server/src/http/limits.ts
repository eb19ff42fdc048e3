import type { SignedIn } from '../account/index.ts'
import { groupOf } from './peer.ts'
import { httpErrors } from './problem.ts'

/** How often something may be asked in a minute. */
export interface Limits {
  /** Per person who is signed in; per address for what is public and changes nothing. */
  readonly caller: number
  readonly token: number
  /** Per address, for calls without sign-in that change something. */
  readonly change: number
}

/** Generous: no person and no sensible program meets them. */
export const usualLimits: Limits = { caller: 1_200, token: 600, change: 60 }

/** Counts calls. */
export interface Limiter {
  /** Takes one call of somebody. @returns 0 where it may be made, else the seconds until the next may */
  take(kind: keyof Limits, who: string): number
}

/** How many are remembered at once: a flood of made-up addresses must not fill the memory. */
const remembered = 50_000

/** Token buckets, in the memory of this process only, since their keys hold addresses. */
export function openLimiter(limits: Limits, now: () => number): Limiter {
  const buckets = new Map<string, { left: number; at: number }>()
  return {
    take(kind, who) {
      const perMinute = limits[kind]
      const key = `${kind} ${who}`
      const at = now()
      const known = buckets.get(key)
      // A clock that was put back takes nothing from anybody.
      const since = known ? Math.max(0, at - known.at) : 0
      const left = known ? Math.min(perMinute, known.left + (since / 60_000) * perMinute) : perMinute
      const may = left >= 1
      // Put at the end: whoever asked longest ago is forgotten first, and had the fullest bucket.
      buckets.delete(key)
      buckets.set(key, { left: may ? left - 1 : left, at })
      for (const oldest of buckets.keys()) {
        if (buckets.size <= remembered) break
        buckets.delete(oldest)
      }
      return may ? 0 : Math.max(1, Math.ceil(((1 - left) / Math.max(perMinute, 1)) * 60))
    },
  }
}

/** Takes one call of whoever sends it. @throws {http.too_many} */
export function limitCaller(limiter: Limiter, signedIn: SignedIn | null, peer: string, changes: boolean): void {
  if (!signedIn) limit(limiter, changes ? 'change' : 'caller', groupOf(peer))
  else if (signedIn.means.kind === 'token') limit(limiter, 'token', signedIn.means.tokenId)
  else limit(limiter, 'caller', signedIn.account.id)
}

/** @throws {http.too_many} with the seconds to wait */
export function limit(limiter: Limiter, kind: keyof Limits, who: string): void {
  const seconds = limiter.take(kind, who)
  if (seconds > 0) throw httpErrors.too_many({ seconds })
}
