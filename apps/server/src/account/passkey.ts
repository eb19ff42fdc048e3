import { accountErrors } from './errors.ts'
import type { OwnSession } from './factor.ts'

/** A passkey's registration that was begun: what the browser gets, and what proves afterwards that it was begun here. */
export interface Ceremony {
  readonly options: Readonly<Record<string, unknown>>
  readonly ceremony: string
}

/** Registering passkeys. */
export interface Passkeys {
  begin(headers: Headers): Promise<Ceremony>
  /** @param response of the browser; attacker-controlled @throws {account.passkey_refused} */
  add(headers: Headers, own: OwnSession, input: { ceremony: string; response: object; name: string }): Promise<void>
}

/** What registering needs of the account library. */
export interface PasskeyDependencies {
  /** The name of the cookie in which the library keeps a ceremony: an operation answers JSON alone, so it goes there. */
  readonly cookieName: () => Promise<string>
  readonly begin: (headers: Headers) => Promise<{ headers: Headers; response: object }>
  readonly finish: (headers: Headers, body: { response: object; name: string }) => Promise<unknown>
  /** The session has shown the new passkey. */
  readonly shown: (own: OwnSession) => Promise<void>
}

export function openPasskeys({ cookieName, begin, finish, shown }: PasskeyDependencies): Passkeys {
  return {
    async begin(headers) {
      const name = await cookieName()
      const begun = await begin(headers)
      const cookie = begun.headers
        .getSetCookie()
        .map((one) => one.split(';')[0] ?? '')
        .find((one) => one.startsWith(`${name}=`))
      return { options: { ...begun.response }, ceremony: cookie?.slice(name.length + 1) ?? '' }
    },

    async add(headers, own, { ceremony, response, name }) {
      const cookie = await cookieName()
      const others = (headers.get('cookie') ?? '').split(/; */).filter((one) => !one.startsWith(`${cookie}=`))
      const along = new Headers(headers)
      along.set('cookie', [...others, `${cookie}=${ceremony}`].join('; '))
      await finish(along, { response, name }).catch((cause: unknown) => {
        throw accountErrors.passkey_refused({}, { cause })
      })
      await shown(own)
    },
  }
}
