import type { JWTPayload } from 'jose'
import { z } from 'zod'
import { directoryErrors } from './errors.ts'
import { entraTenantOf } from './openid.ts'

/** Who came, as a verified ID token says it. */
export interface Visitor {
  readonly issuer: string
  /** Stable for ever at this issuer. */
  readonly subject: string
  /** By what the directory may know the same person. */
  readonly externalId: string
  readonly name: string
  /** Lower case; null where the token names none. */
  readonly email: string | null
  /** Whether the provider says that the address was proven to be the person's. */
  readonly isEmailProven: boolean
  /** Groups and app roles, by their ids. */
  readonly groups: readonly string[]
  /** Whether the groups were too many to be listed. */
  readonly hasMoreGroups: boolean
  /** What the provider says of how they were recognised: methods (RFC 8176), and contexts that Microsoft Entra ID judged. */
  readonly shown: readonly string[]
}

/** Where a provider says which claims did not fit into the token (OpenID Connect Core 1.0 §5.6.2). */
const elsewhere = '_claim_names'

/** An authentication context of Microsoft Entra ID. */
const contextPattern = /^c[1-9][0-9]?$/

const Claims = z.object({
  sub: z.string().min(1).max(255),
  iss: z.string(),
  tid: z.string().optional(),
  oid: z.string().max(255).optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  preferred_username: z.string().optional(),
  email_verified: z.unknown().optional(),
  xms_edov: z.unknown().optional(),
  groups: z.array(z.string()).optional().catch(undefined),
  roles: z.array(z.string()).optional().catch(undefined),
  hasgroups: z.unknown().optional(),
  amr: z.array(z.string()).optional().catch(undefined),
  acrs: z.array(z.string()).optional().catch(undefined),
  [elsewhere]: z.looseObject({ groups: z.unknown().optional() }).optional().catch(undefined),
})

/**
 * Reads a verified token. Somebody of Microsoft Entra ID is who `tid` and `oid` say: the mail address there is whatever
 * an administrator of any tenant typed (nOAuth), and `sub` is another one for each application.
 *
 * @throws {directory.token_invalid}
 * @source https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function visitorOf(payload: JWTPayload): Visitor {
  const parsed = Claims.safeParse(payload)
  if (!parsed.success) throw directoryErrors.token_invalid({}, { cause: parsed.error })
  const claims = parsed.data
  const tenant = entraTenantOf(claims.iss)
  if (tenant !== null && (claims.tid !== tenant || !claims.oid)) throw directoryErrors.token_invalid()
  const externalId = tenant === null ? claims.sub : (claims.oid ?? '')
  const email = mailOf(claims.email) ?? mailOf(claims.preferred_username)
  return {
    issuer: claims.iss,
    subject: tenant === null ? claims.sub : `${tenant}.${externalId}`,
    externalId,
    name: (claims.name ?? email ?? claims.sub).trim().slice(0, 200),
    email,
    isEmailProven: mailOf(claims.email) !== null && (isTrue(claims.email_verified) || isTrue(claims.xms_edov)),
    groups: [...(claims.groups ?? []), ...(claims.roles ?? [])],
    hasMoreGroups: claims[elsewhere]?.groups !== undefined || isTrue(claims.hasgroups),
    shown: [
      ...(claims.amr?.includes('mfa') ? ['mfa'] : []),
      ...(claims.acrs ?? []).filter((context) => contextPattern.test(context)),
    ],
  }
}

function mailOf(text: string | undefined): string | null {
  const parsed = z.email().max(320).safeParse(text?.trim().toLowerCase())
  return parsed.success ? parsed.data : null
}

/** Microsoft writes its optional claims as true, "true", 1 or "1". */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === 1 || value === '1'
}
