import { followTopicNames, html, longDay } from '@art32/press'
import type { FollowTopic, Markup } from '@art32/press'
import { AppError } from '../kernel/index.ts'
import { Wish } from '../subscription/index.ts'
import type { Subscribing } from '../subscription/index.ts'
import { followWords } from './follow-words.ts'
import { readForm } from './form.ts'

/** The pages behind the form of a public page. */
const followForms = ['subscribe', 'confirm', 'unsubscribe'] as const

/** One of the pages behind the form. */
type FollowForm = (typeof followForms)[number]

/** Who asks for such a page, and how. */
interface FollowRequest {
  readonly slug: string
  readonly form: FollowForm
  /** Where the public page lies at this host. */
  readonly base: string
  readonly language: 'en' | 'de'
  readonly token: string
  /** What was posted; null where the page is only looked at. */
  readonly posted: URLSearchParams | null
  /** The network that asks. */
  readonly group: string
}

/** What is shown: never whether an address is known. */
interface Shown {
  readonly status: number
  readonly title: string
  readonly paragraphs: readonly (string | Markup)[]
  /** The one thing to do, as a form of its own: programs that look through mail open links, and post nothing. */
  readonly button?: string
}

/**
 * The pages by which somebody subscribes, confirms and unsubscribes: without JavaScript, without a cookie. Looking at a page
 * changes nothing.
 *
 * @returns null where the tenant's page offers no letters
 * @source RFC 8058 (the post of a program for mail), Art. 7(3) GDPR (as easy to withdraw as to give)
 */
async function followPage(asked: FollowRequest, subscribing: Subscribing): Promise<Response | null> {
  const shown = await shownWithName(asked, subscribing).catch((error: unknown) => {
    if (error instanceof AppError && error.code.startsWith('tenant.')) return null
    throw error
  })
  return shown && render(asked, shown)
}

async function shownWithName(asked: FollowRequest, subscribing: Subscribing): Promise<Named | null> {
  const shown = await show(asked, subscribing)
  return shown && { ...shown, tenant: await subscribing.nameOf(asked.slug) }
}

interface Named extends Shown {
  readonly tenant: string
}

async function show(asked: FollowRequest, subscribing: Subscribing): Promise<Shown | null> {
  switch (asked.form) {
    case 'subscribe':
      return await subscribe(asked, subscribing)
    case 'confirm':
      return await confirm(asked, subscribing)
    case 'unsubscribe':
      return await unsubscribe(asked, subscribing)
  }
}

async function subscribe({ slug, posted, language, group }: FollowRequest, subscribing: Subscribing) {
  // Only the form leads here.
  if (posted === null) return null
  const say = followWords[language]
  const wish = Wish.safeParse({
    email: posted.get('email') ?? '',
    topics: posted.getAll('topic'),
    language,
  })
  if (!wish.success) {
    const isTopic = wish.error.issues.every(({ path }) => path[0] === 'topics')
    return { status: 400, title: say.notYet, paragraphs: [isTopic ? say.noTopic : say.noAddress] }
  }
  try {
    if (!(await subscribing.request(slug, wish.data, group))) return null
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'account.too_many_attempts') throw error
    return { status: 429, title: say.notYet, paragraphs: [say.tooMany] }
  }
  return { status: 200, title: say.asked, paragraphs: [say.askedText, say.askedOften] }
}

async function confirm({ slug, posted, language, token }: FollowRequest, subscribing: Subscribing): Promise<Shown> {
  const say = followWords[language]
  if (posted === null)
    return { status: 200, title: say.confirm, paragraphs: [say.confirmText], button: say.confirmButton }
  const topics = await subscribing.confirm(slug, token)
  if (topics === null) return { status: 410, title: say.linkOver, paragraphs: [say.linkOverText] }
  return {
    status: 200,
    title: say.confirmed,
    paragraphs: [say.confirmedText, list(topics, language), say.confirmedEnd],
  }
}

async function unsubscribe({ slug, posted, language, token }: FollowRequest, subscribing: Subscribing): Promise<Shown> {
  const say = followWords[language]
  if (posted !== null) {
    const ended = await subscribing.end(slug, token)
    if (ended === null) return { status: 400, title: say.linkBroken, paragraphs: [say.linkBrokenText] }
    return { status: 200, title: say.ended, paragraphs: [ended ? say.endedText : say.endedNothing] }
  }
  const stored = await subscribing.show(slug, token)
  if (stored === null) return { status: 200, title: say.end, paragraphs: [say.endNothing], button: say.endButton }
  return {
    status: 200,
    title: say.end,
    paragraphs: [
      say.stored(stored.email, longDay(stored.since.toISOString(), language), say.languages[stored.language]),
      list(stored.topics, language),
      say.endText,
    ],
    button: say.endButton,
  }
}

function list(topics: readonly FollowTopic[], language: 'en' | 'de'): Markup {
  return html`<ul>
    ${topics.map((topic) => html`<li>${followTopicNames[language][topic]}</li> `)}
  </ul>`
}

function render(
  { base, form, language, token }: FollowRequest,
  { status, title, paragraphs, button, tenant }: Named,
): Response {
  const say = followWords[language]
  const action = `${base}/${form}?token=${encodeURIComponent(token)}&language=${language}`
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title} – ${tenant}</title>
        <link rel="stylesheet" href="${base}/style.css" />
      </head>
      <body>
        <div class="sheet">
          <main class="following">
            <p class="over">${tenant}</p>
            <h1>${title}</h1>
            ${paragraphs.map((text) => (typeof text === 'string' ? html`<p>${text}</p> ` : text))}
            ${
              button === undefined
                ? null
                : html`<form method="post" action="${action}">
                    <p><button type="submit">${button}</button></p>
                  </form>`
            }
            <p><a href="${base === '' ? '/' : base}?language=${language}">${say.back}</a></p>
          </main>
        </div>
      </body>
    </html> `
  return new Response(page.markup, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

/** A request for one of these pages, whichever host it came to. */
export interface FollowAsked {
  /** Below `/trust/`. */
  readonly path: string
  readonly request: Request
  /** Where the public page lies at this host; left out: at the installation. */
  readonly base?: string
  /** The network that asks. */
  readonly group: string
}

/** Answers a request for one of these pages. @returns undefined where it is for none, null where it may not be answered */
export async function answerFollow(
  { path, request, base, group }: FollowAsked,
  subscribing: Subscribing,
): Promise<Response | null | undefined> {
  const match = /^([a-z0-9][a-z0-9-]{1,62})\/([a-z]{1,20})$/.exec(path)
  const form = followForms.find((one) => one === match?.[2])
  if (!match || !form) return undefined
  const [, slug = ''] = match
  const { searchParams: query } = new URL(request.url)
  const posted = request.method === 'POST' ? await postedTo(form, request) : null
  if (request.method === 'POST' && posted === null) return null
  const said = posted?.get('language') ?? query.get('language') ?? request.headers.get('accept-language') ?? ''
  return await followPage(
    {
      slug,
      form,
      base: base ?? `/trust/${slug}`,
      language: said.toLowerCase().startsWith('de') ? 'de' : 'en',
      token: query.get('token') ?? '',
      posted,
      group,
    },
    subscribing,
  )
}

/** A program for mail posts in whatever form, from wherever: its token is the right to it. */
async function postedTo(form: FollowForm, request: Request): Promise<URLSearchParams | null> {
  return form === 'unsubscribe' ? new URLSearchParams() : await readForm(request)
}
