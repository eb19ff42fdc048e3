import { z } from 'zod'
import { openApi } from '../api/api.ts'
import type { Api, Question } from '../api/api.ts'
import type { Context } from '../engine/connector.ts'
import { unseen } from '../engine/reading.ts'
import type { Unseen } from '../engine/reading.ts'

/** Microsoft Graph, once for what is cheap and once for its reports, which may be asked far less often. */
export type Graph = { readonly api: Api; readonly reports: Api }

/** Reports: five requests in ten seconds for an app in a tenant. */
const reportsPerMinute = 30

/** Opens Microsoft Graph with a token. `client` names the credential: the token is new at each look. */
export function openGraph(base: string, client: string, token: string, context: Context): Graph {
  const headers = { authorization: `Bearer ${token}` }
  const open = (part: string, perMinute?: number) =>
    openApi(
      { base, headers, credential: `${client} ${part}`, meaning, ...(perMinute === undefined ? {} : { perMinute }) },
      context,
    )
  return { api: open('graph'), reports: open('reports', reportsPerMinute) }
}

/** One page of a list, as OData writes it. */
const pageOf = <T>(item: z.ZodType<T>) => z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() })

/**
 * All items of a list, over all its pages. What `keep` returns stays in memory, the rest of each page is gone with it;
 * undefined: nothing stays.
 */
export async function all<T, K>(
  api: Api,
  question: Omit<Question<unknown>, 'schema'> & { readonly item: z.ZodType<T> },
  keep: (item: T) => K | undefined,
): Promise<{ items: readonly K[]; complete: boolean }> {
  const { item, ...rest } = question
  return await api.list(
    { ...rest, schema: pageOf(item) },
    {
      items: (page) => page.value.map(keep).filter((one) => one !== undefined),
      next: (page) => page['@odata.nextLink'],
    },
  )
}

const refusal = z.object({ error: z.object({ code: z.string(), message: z.string().default('') }) })

/** Codes for a missing licence; the first one also comes at random where Directory.Read.All is missing. */
const noPremium = 'Authentication_RequestFromNonPremiumTenantOrB2CTenant'
const unlicensedCodes: Readonly<Record<string, string>> = {
  [noPremium]: 'Microsoft Entra ID P1',
  AadPremiumLicenseRequired: 'Microsoft Entra ID P2',
  NoLicense: 'Microsoft Entra ID Governance',
}

function meaning(status: number, body: unknown): Unseen | undefined {
  const said = refusal.safeParse(body)
  if (!said.success || (status !== 400 && status !== 401 && status !== 403)) return undefined
  const { code, message } = said.data.error
  const licence = unlicensedCodes[code]
  if (code === noPremium)
    return unseen('unlicensed', 'the tenant has no premium licence, or Directory.Read.All is missing to see it', {
      needs: 'Microsoft Entra ID P1',
    })
  if (licence !== undefined || /tenant (needs to have|does not meet|doesn't have|is not licensed)/i.test(message))
    return unseen('unlicensed', 'the tenant has no licence for it', { needs: licence ?? 'Microsoft Entra ID P1' })
  return undefined
}
