import { z } from 'zod'
import type { Connector, Context } from '../engine/connector.ts'
import { errorCode, reasonOf, seen, unseen } from '../engine/reading.ts'
import type { Seen } from '../engine/reading.ts'
import { field } from '../engine/text.ts'
import { readExport } from './export.ts'
import { httpFacts, keptHeaders } from './facts.ts'
import type { HttpFacts } from './facts.ts'
import { httpHistory } from './history.ts'
import { readNotice } from './notice.ts'
import { parseCookie, parseSecurityTxt } from './parse.ts'
import { get, refuseOutage } from './request.ts'
import type { HttpAnswer } from './request.ts'

const settings = z.object({
  url: field(z.url({ protocol: /^https?$/ }), { label: { en: 'Address', de: 'Adresse' } }),
  plainUrl: field(z.url({ protocol: /^http$/ }).optional(), {
    label: { en: 'Unencrypted address', de: 'Unverschlüsselte Adresse' },
    help: {
      en: 'Only where it is not the same host on port 80',
      de: 'Nur wenn es nicht derselbe Host auf Port 80 ist',
    },
  }),
  noticeUrl: field(z.url({ protocol: /^https?$/ }).optional(), {
    label: { en: 'Address of the privacy notice', de: 'Adresse der Datenschutzhinweise' },
    help: {
      en: 'Only where the page does not link to it on the same host',
      de: 'Nur wenn die Seite nicht auf demselben Host darauf verweist',
    },
  }),
  noticeWords: field(z.array(z.string().min(1)).default([]), {
    label: { en: 'Words that the notice must hold', de: 'Wörter, die in den Hinweisen stehen müssen' },
    help: { en: 'Categories of data, for example', de: 'Zum Beispiel Datenkategorien' },
  }),
  exportUrl: field(z.url({ protocol: /^https?$/ }).optional(), {
    label: { en: 'Address of the data export', de: 'Adresse des Datenexports' },
    help: {
      en: 'That gives the data of the account that is signed in, best on a staging system',
      de: 'Die die Daten des angemeldeten Kontos liefert, am besten auf einem Staging-System',
    },
  }),
  exportCredential: field(
    z
      .string()
      .regex(/^[\x20-\x7e]{1,8192}$/)
      .optional(),
    {
      label: { en: 'Credential of a made-up account', de: 'Zugangsdaten eines erfundenen Kontos' },
      help: {
        en: 'A token; or with the name of its header: Cookie: session=…',
        de: 'Ein Token; oder mit dem Namen der Kopfzeile: Cookie: session=…',
      },
      secret: true,
    },
  ),
  exportWords: field(z.array(z.string().min(1).max(200)).max(50).default([]), {
    label: { en: 'Words that the export must hold', de: 'Wörter, die der Export enthalten muss' },
    help: { en: 'Data of the made-up account', de: 'Daten des erfundenen Kontos' },
  }),
})

/** Looks at a web address from outside, without signing in; only an export that is declared is asked for as an account. */
export const http = {
  id: 'http',
  title: { en: 'Web address', de: 'Webadresse' },
  about: {
    en: 'A web site or web API, looked at from outside without signing in.',
    de: 'Eine Website oder Web-API, von außen und ohne Anmeldung betrachtet.',
  },
  settings,
  facts: httpFacts,
  history: httpHistory,
  needs: [
    {
      privilege: 'the session or token of a made-up account, only for the data export',
      reason: {
        en: 'Gets what the export gives to this account. Everything else is looked at without signing in.',
        de: 'Ruft ab, was der Export diesem Konto liefert. Alles andere wird ohne Anmeldung betrachtet.',
      },
    },
  ],
  address: ({ url }) => {
    const { protocol, host, pathname } = new URL(url)
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
  },
  async collect({ url, plainUrl, ...settings }, context) {
    const first = new URL(url)
    const answers = await follow(first, context)
    const last = answers.at(-1) ?? answers[0]
    return {
      page: seen({
        scheme: last.url.protocol === 'https:' ? 'https' : 'http',
        host: last.url.hostname,
        status: last.answer.status,
        hops: answers.length - 1,
        headers: keepHeaders(last.answer),
        firstHsts: answers[0].answer.headers['strict-transport-security'] ?? null,
      }),
      cookies: seen(answers.flatMap(({ answer }) => (answer.headers['set-cookie'] ?? []).map(parseCookie))),
      plain: await readPlain(first, plainUrl, context),
      securityTxt: await readSecurityTxt(last.url, context).catch(reasonOf),
      notice: await readNotice(last.url, settings, context).catch(reasonOf),
      exports: await readExport(settings, context).catch(reasonOf),
    }
  },
} satisfies Connector<typeof settings, HttpFacts>

type Step = { readonly url: URL; readonly answer: HttpAnswer }

const hopLimit = 3

/** Follows redirects within the site; one that leaves it belongs to somebody else. */
async function follow(first: URL, context: Context): Promise<[Step, ...Step[]]> {
  const step = async (url: URL): Promise<Step> => {
    const answer = await get(url, context)
    refuseOutage(answer)
    return { url, answer }
  }
  const steps: [Step, ...Step[]] = [await step(first)]
  for (let hop = 0; hop < hopLimit; hop += 1) {
    const { url, answer } = steps.at(-1) ?? steps[0]
    const next = redirectOf(url, answer)
    if (next === undefined || !isSameSite(first, next)) break
    steps.push(await step(next))
  }
  return steps
}

function redirectOf(url: URL, { status, headers }: HttpAnswer): URL | undefined {
  const { location } = headers
  return status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url.href)
    ? new URL(location, url)
    : undefined
}

const bare = (host: string) => host.replace(/^www\./, '')

function isSameSite(from: URL, to: URL): boolean {
  return bare(from.hostname) === bare(to.hostname) && to.protocol === from.protocol && to.port === from.port
}

function keepHeaders({ headers }: HttpAnswer): HttpFacts['page']['headers'] {
  const kept: HttpFacts['page']['headers'] = {}
  for (const name of keptHeaders) {
    const value = headers[name]
    if (typeof value === 'string') kept[name] = value.slice(0, 4_096)
  }
  return kept
}

async function readPlain(
  first: URL,
  plainUrl: string | undefined,
  context: Context,
): Promise<Seen<HttpFacts['plain']>> {
  if (plainUrl === undefined && first.protocol === 'https:' && first.port !== '')
    return unseen('not-configured', 'the unencrypted address of this port is not known', { needs: 'plainUrl' })
  const url = new URL(plainUrl ?? first.href)
  url.protocol = 'http:'
  const host = url.hostname
  try {
    const answer = await get(url, context)
    refuseOutage(answer)
    const target = redirectOf(url, answer)
    return seen({
      answer: target === undefined ? 'content' : 'redirect',
      status: answer.status,
      leadsTo: target === undefined ? null : { scheme: target.protocol.slice(0, -1), host: target.hostname },
      host,
    })
  } catch (error) {
    // The one place where a refused connection is itself the answer: nothing can be sent in the clear.
    if (errorCode(error) === 'ECONNREFUSED') return seen({ answer: 'closed', status: null, leadsTo: null, host })
    return reasonOf(error)
  }
}

async function readSecurityTxt(site: URL, context: Context): Promise<Seen<HttpFacts['securityTxt']>> {
  if (site.protocol !== 'https:') return unseen('not-configured', 'security.txt is served over https only (RFC 9116)')
  let url = new URL('/.well-known/security.txt', site)
  for (let hop = 0; hop <= hopLimit; hop += 1) {
    const answer = await get(url, context, 32_768)
    refuseOutage(answer)
    const next = redirectOf(url, answer)
    if (next === undefined || next.protocol !== 'https:')
      return seen({
        status: answer.status,
        contentType: answer.headers['content-type'] ?? '',
        ...parseSecurityTxt(answer.body),
      })
    url = next
  }
  return unseen('contract', 'security.txt leads in circles')
}
