/// <reference lib="dom" />
/**
 * The script of the page `/verify`. It is the page and, loaded once more as a worker, what computes: a log of many entries
 * takes seconds, during which a page must still answer. Both are loaded before a file is chosen, so the network may go.
 */
import { clean } from '../terminal.ts'
import type { Verification } from '../verification.ts'
import { check, type Given, type Shown } from './check.ts'
import { german } from './german.ts'
import { browserLimits } from './unpack.ts'
import { words } from './words.ts'

if ('document' in globalThis) openPage()
else beWorker()

function beWorker(): void {
  addEventListener('message', ({ data }: MessageEvent<Given>) => {
    void check(data).then((shown) => postMessage(shown))
  })
  postMessage('ready')
}

function openPage(): void {
  const language = document.documentElement.lang === 'de' ? 'de' : 'en'
  const form = element('check', HTMLFormElement)
  const bundle = element('bundle', HTMLInputElement)
  const key = element('key', HTMLInputElement)
  const held = element('held', HTMLInputElement)
  const policy = element('policy', HTMLInputElement)
  const root = element('root', HTMLInputElement)
  const result = element('result', HTMLElement)
  const worker = new Worker(import.meta.url, { type: 'module' })
  let chosen: File | null = null

  worker.addEventListener('message', ({ data }: MessageEvent<'ready' | Shown>) => {
    if (data === 'ready') form.hidden = false
    else show(result, data, language)
  })
  const start = async () => {
    if (chosen === null) return
    result.replaceChildren(paragraph(words[language].checking))
    if (chosen.size > browserLimits.packedBytes) {
      show(result, { kind: 'unreadable', why: 'too-large' }, language)
      return
    }
    try {
      const given: Given = {
        name: chosen.name,
        bundle: await bytesOf(chosen),
        key: key.value,
        held: held.files?.[0] === undefined ? null : await bytesOf(held.files[0]),
        policy: policy.files?.[0] === undefined ? null : await bytesOf(policy.files[0]),
        root: root.files?.[0] === undefined ? null : await bytesOf(root.files[0]),
      }
      // Handed over and not copied; the next check reads the file again.
      worker.postMessage(given, [given.bundle.buffer])
    } catch {
      // A folder was dropped, or the file is gone meanwhile.
      show(result, { kind: 'unreadable', why: 'no-archive' }, language)
    }
  }
  const choose = (file: File | undefined) => {
    if (file !== undefined) chosen = file
    void start()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void start()
  })
  bundle.addEventListener('change', () => choose(bundle.files?.[0]))
  for (const field of [key, held, policy, root]) field.addEventListener('change', () => void start())
  takeDrops(choose)
}

function takeDrops(choose: (file: File | undefined) => void): void {
  addEventListener('dragover', (event) => {
    event.preventDefault()
    document.body.classList.add('dropping')
  })
  addEventListener('dragleave', () => document.body.classList.remove('dropping'))
  addEventListener('drop', (event) => {
    event.preventDefault()
    document.body.classList.remove('dropping')
    choose(event.dataTransfer?.files[0])
  })
}

async function bytesOf(file: File): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer())
}

function show(result: HTMLElement, shown: Shown, language: 'en' | 'de'): void {
  if (shown.kind === 'unreadable') result.replaceChildren(paragraph(words[language].unreadable[shown.why]))
  else result.replaceChildren(...verdict(shown.verification, language), ...offer(shown.checkpoint, language))
}

function verdict(verification: Verification, language: 'en' | 'de'): HTMLElement[] {
  const say = words[language]
  const { holds, edition, log, proven, notProven, faults } = verification
  const head = textElement('h3', holds ? `✓ ${say.holds}` : `✗ ${say.fails}`)
  head.className = `verdict ${holds ? 'good' : 'bad'}`
  const about =
    edition === null
      ? []
      : [
          paragraph(`${clean(edition.tenant.name)}: ${clean(edition.title)}`),
          paragraph(`${edition.state === 'draft' ? say.draft : say.edition(edition.number)}, ${clean(edition.date)}`),
        ]
  return [
    head,
    ...about,
    paragraph(`${say.log} ${clean(log.origin)}`),
    ...(holds
      ? [heading(say.proven), list('✓', proven, language)]
      : [
          heading(say.faults),
          list(
            '✗',
            faults.map(({ place, say: why }) => `${place}: ${why}`),
            'en',
          ),
          paragraph(say.nothing),
        ]),
    heading(say.notProven),
    list('–', notProven, language),
  ]
}

/** The checkpoint to keep, as a file that the page itself makes. */
function offer(checkpoint: string, language: 'en' | 'de'): HTMLElement[] {
  if (checkpoint === '') return []
  const link = document.createElement('a')
  link.href = `data:text/plain;charset=utf-8,${encodeURIComponent(checkpoint)}`
  link.download = 'checkpoint.txt'
  link.textContent = words[language].keep
  const place = document.createElement('p')
  place.append(link)
  return [place]
}

function paragraph(text: string): HTMLElement {
  return textElement('p', text)
}

function heading(text: string): HTMLElement {
  return textElement('h4', text)
}

function list(glyph: string, sentences: readonly string[], language: 'en' | 'de'): HTMLElement {
  const items = document.createElement('ul')
  for (const sentence of sentences) {
    const translated = language === 'de' ? german(sentence) : sentence
    const item = textElement('li', clean(translated ?? sentence))
    if (translated === null || language !== document.documentElement.lang) item.lang = 'en'
    item.prepend(textElement('span', glyph))
    items.append(item)
  }
  return items
}

/** Text of others only ever becomes text. */
function textElement(name: 'p' | 'h3' | 'h4' | 'li' | 'span', text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id)
  if (!(found instanceof kind)) throw new TypeError(`The page has no ${id}.`)
  return found
}
