import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { defineErrors } from '../kernel/index.ts'

/** Where the vault's key is and how to sign in there. */
export interface VaultSettings {
  /** `https://<vault>.vault.azure.net/keys/<name>[/<version>]`. */
  readonly keyUrl: string
  /** Null: the managed identity of the machine. */
  readonly client: { readonly tenant: string; readonly id: string; readonly secret: string } | null
  readonly authority: string
}

/** A key that lies wrapped beside the data; only the vault opens it. */
export const WrappedKey = z.strictObject({
  format: z.literal('art32.wrapped-key/1'),
  /** The key of the vault, with its version. */
  kid: z.url(),
  alg: z.literal('RSA-OAEP-256'),
  /** Base64url. */
  value: z.string().regex(/^[A-Za-z0-9_-]{1,2000}$/),
})

/** Wraps and opens keys of 32 bytes by a key that never leaves the vault. */
export interface KeyVault {
  wrap(key: Uint8Array): Promise<z.output<typeof WrappedKey>>
  unwrap(wrapped: z.output<typeof WrappedKey>): Promise<Buffer>
}

const refusal = { status: 500, family: 'refusal' } as const

export const vaultErrors = defineErrors('key_vault', {
  not_signed_in: {
    ...refusal,
    en: 'The sign-in for Azure Key Vault was refused (status {status}). Check ART32_KEY_VAULT_TENANT, _CLIENT and _SECRET, or the managed identity of this machine.',
    de: 'Die Anmeldung für Azure Key Vault wurde abgelehnt (Status {status}). Bitte ART32_KEY_VAULT_TENANT, _CLIENT und _SECRET prüfen oder die verwaltete Identität dieser Maschine.',
  },
  forbidden: {
    ...refusal,
    en: 'Azure Key Vault does not let art32 wrap and unwrap with this key. Give its identity the role "Key Vault Crypto Service Encryption User", and let this address through the firewall of the vault.',
    de: 'Azure Key Vault lässt art32 mit diesem Schlüssel nicht ver- und entpacken. Bitte seiner Identität die Rolle "Key Vault Crypto Service Encryption User" geben und diese Adresse durch die Firewall des Tresors lassen.',
  },
  disabled: {
    ...refusal,
    en: 'The key in Azure Key Vault is disabled or has expired. Enable the version that wrapped the master key; without it no tenant can be opened.',
    de: 'Der Schlüssel in Azure Key Vault ist deaktiviert oder abgelaufen. Bitte die Version wieder aktivieren, mit der der Hauptschlüssel verpackt wurde; ohne sie lässt sich kein Mandant öffnen.',
  },
  no_key: {
    ...refusal,
    en: 'There is no such key in Azure Key Vault. Check ART32_KEY_VAULT; a deleted key can be recovered while its retention lasts.',
    de: 'Diesen Schlüssel gibt es in Azure Key Vault nicht. Bitte ART32_KEY_VAULT prüfen; ein gelöschter Schlüssel lässt sich während seiner Aufbewahrung wiederherstellen.',
  },
  throttled: {
    status: 503,
    en: 'Azure Key Vault asks for fewer requests and did not answer within a minute. Start again later.',
    de: 'Azure Key Vault verlangt weniger Anfragen und hat binnen einer Minute nicht geantwortet. Bitte später neu starten.',
  },
  unreachable: {
    status: 503,
    en: 'Azure Key Vault, or the sign-in for it, cannot be reached ({reason}). Check network and proxy, then start again.',
    de: 'Azure Key Vault oder die Anmeldung dafür ist nicht erreichbar ({reason}). Bitte Netz und Proxy prüfen und neu starten.',
  },
  unexpected: {
    ...refusal,
    en: 'Azure Key Vault answered something that is no answer (status {status}). Check that ART32_KEY_VAULT is the address of a key.',
    de: 'Azure Key Vault hat etwas geantwortet, das keine Antwort ist (Status {status}). Bitte prüfen, ob ART32_KEY_VAULT die Adresse eines Schlüssels ist.',
  },
})

/** What the vault needs of the world. Times in milliseconds. */
export interface VaultWorld {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly timeoutMs: number
  /** For one request with all its repetitions. */
  readonly patienceMs: number
}

const world: VaultWorld = { fetch, timeoutMs: 10_000, patienceMs: 60_000 }

/**
 * Opens a vault. Nothing is asked before the first wrap or unwrap.
 *
 * @source learn.microsoft.com/rest/api/keyvault/keys (7.4), the pages on throttling and on the instance metadata service
 */
export function openKeyVault(
  settings: VaultSettings,
  { fetch: send, timeoutMs, patienceMs }: VaultWorld = world,
): KeyVault {
  let token: { text: string; until: number } | null = null

  async function ask(url: string, init: RequestInit): Promise<Response> {
    try {
      return await send(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) })
    } catch (cause) {
      const reason = cause instanceof Error && cause.name === 'TimeoutError' ? 'no answer in time' : 'no connection'
      throw vaultErrors.unreachable({ reason }, { cause })
    }
  }

  /** Repeats what is throttled or fails over there, as long as it is told to wait and no longer than patience lasts. */
  async function insist(url: string, init: () => Promise<RequestInit>): Promise<Response> {
    const giveUp = Date.now() + patienceMs
    for (let pause = 500; ; pause = Math.min(pause * 2, 8_000)) {
      const response = await ask(url, await init())
      if (response.status !== 429 && response.status < 500) return response
      await response.body?.cancel()
      const asked = Number(response.headers.get('retry-after') ?? Number.NaN)
      const wait = Number.isFinite(asked) && asked >= 0 ? asked * 1_000 : pause
      if (Date.now() + wait > giveUp)
        throw response.status === 429
          ? vaultErrors.throttled()
          : vaultErrors.unreachable({ reason: `status ${response.status}` })
      await sleep(wait)
    }
  }

  async function signIn(): Promise<string> {
    if (token && token.until > Date.now()) return token.text
    // The audience is the vault's own domain, which differs between clouds.
    const audience = `https://${new URL(settings.keyUrl).host.split('.').slice(1).join('.')}`
    const response = await insist(...tokenRequest(audience))
    if (response.status !== 200) {
      await response.body?.cancel()
      throw vaultErrors.not_signed_in({ status: response.status })
    }
    const parsed = Token.safeParse(await response.json().catch(() => null))
    if (!parsed.success) throw vaultErrors.not_signed_in({ status: response.status })
    token = { text: parsed.data.access_token, until: Date.now() + (Number(parsed.data.expires_in) - 60) * 1_000 }
    return token.text
  }

  function tokenRequest(audience: string): [string, () => Promise<RequestInit>] {
    const { client, authority } = settings
    if (client === null)
      return [
        `http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=${encodeURIComponent(audience)}`,
        () => Promise.resolve({ method: 'GET', headers: { metadata: 'true' } }),
      ]
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
      scope: `${audience}/.default`,
    }).toString()
    return [
      `${authority}/${encodeURIComponent(client.tenant)}/oauth2/v2.0/token`,
      () => Promise.resolve({ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body }),
    ]
  }

  async function run(
    keyUrl: string,
    verb: 'wrapkey' | 'unwrapkey',
    value: string,
  ): Promise<{ kid: string; value: string }> {
    const response = await insist(`${keyUrl}/${verb}?api-version=7.4`, async () => ({
      method: 'POST',
      headers: { authorization: `Bearer ${await signIn()}`, 'content-type': 'application/json' },
      body: JSON.stringify({ alg: 'RSA-OAEP-256', value }),
    }))
    const body: unknown = await response.json().catch(() => null)
    if (response.status === 200) {
      const parsed = Answer.safeParse(body)
      if (parsed.success) return parsed.data
    }
    if (response.status === 401) throw vaultErrors.not_signed_in({ status: 401 })
    if (response.status === 404) throw vaultErrors.no_key()
    if (response.status === 403) {
      const why = Failure.safeParse(body)
      throw why.success && /KeyDisabled|KeyExpired|KeyNotYetValid/.test(why.data.error.innererror?.code ?? '')
        ? vaultErrors.disabled()
        : vaultErrors.forbidden()
    }
    throw vaultErrors.unexpected({ status: response.status })
  }

  return {
    async wrap(key) {
      const { kid, value } = await run(settings.keyUrl, 'wrapkey', Buffer.from(key).toString('base64url'))
      return WrappedKey.parse({ format: 'art32.wrapped-key/1', kid, alg: 'RSA-OAEP-256', value })
    },
    async unwrap({ kid, value }) {
      // Only the configured vault is asked: a changed file must not send the token elsewhere.
      if (new URL(kid).origin !== new URL(settings.keyUrl).origin) throw vaultErrors.no_key()
      const key = Buffer.from((await run(kid, 'unwrapkey', value)).value, 'base64url')
      if (key.length !== 32) throw vaultErrors.unexpected({ status: 200 })
      return key
    },
  }
}

const Token = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.number(), z.string().regex(/^\d+$/)]),
})
const Answer = z.object({ kid: z.url(), value: z.string().regex(/^[A-Za-z0-9_-]+$/) })
const Failure = z.object({ error: z.object({ innererror: z.object({ code: z.string() }).optional() }) })
