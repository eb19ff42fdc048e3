/*
 * A browser for tests, from the npm package @sparticuz/chromium and nothing else.
 *
 * The package ships compressed files for a serverless platform. They are unpacked once into a cache of our own and started
 * with our own arguments: the package's list switches web security off, which would hide what these tests look for.
 * It exists for Linux on x64 only; elsewhere `browserAbsent` says so, and the tests skip themselves by name.
 */
import { spawn } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createBrotliDecompress } from 'node:zlib'

import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core'

/** Why there is no browser on this machine; undefined where there is one. */
export const browserAbsent =
  process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `the browser of the tests runs on linux-x64 only, this is ${process.platform}-${process.arch}`

const packageFolder = path.join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '..', '..')

/** No request leaves this machine. The browser itself sees to it: whoever lets its requests pass by hand loses its cache. */
const nobodyElse = `MAP * ~NOTFOUND, ${['localhost', '*.localhost', '127.*', '[::1]'].map((host) => `EXCLUDE ${host}`).join(', ')}`

/** Starts the browser; close it when done. */
export async function launchBrowser(): Promise<Browser> {
  const folder = await unpacked()
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath: path.join(folder, 'chromium'),
      args: ['--disable-gpu', '--disable-background-networking', `--host-resolver-rules=${nobodyElse}`],
      chromiumSandbox,
      env: {
        ...process.env,
        LD_LIBRARY_PATH: path.join(folder, 'al2023', 'lib'),
        FONTCONFIG_PATH: path.join(folder, 'fonts'),
      },
    })
  // Chromium refuses its sandbox to root.
  if (process.getuid?.() === 0) return start(false)
  return start(true).catch((error: unknown) => {
    if (!String(error).includes('No usable sandbox')) throw error
    console.log('The kernel gives this user no sandbox: the browser of the tests runs without.')
    return start(false)
  })
}

/** A page that is alone with the server under test, and everything that went wrong on it. */
export interface WatchedPage {
  readonly page: Page
  /** Console errors, uncaught errors and requests to other hosts, in order. A good page leaves it empty. */
  readonly problems: readonly string[]
}

/** Opens a page in a context of its own: no cookie, no cache of another; requests that would leave the machine are told. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  const problems: string[] = []
  const tell = (request: Request) => {
    // What the page's own policy stopped was never on its way.
    if (isForeign(new URL(request.url())) && !/csp/i.test(request.failure()?.errorText ?? ''))
      problems.push(`request to another host: ${request.url()}`)
  }
  context.on('requestfailed', tell).on('requestfinished', tell)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`))
  return { page, problems }
}

const isForeign = (url: URL): boolean =>
  /^(https?|wss?):$/.test(url.protocol) && !/^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname)

/** The folder with the unpacked browser. Filled aside and renamed, so that a half unpacked one is never started. */
async function unpacked(): Promise<string> {
  const manifest = JSON.parse(await fs.readFile(path.join(packageFolder, 'package.json'), 'utf8')) as {
    version: string
  }
  const cache = await cacheFolder()
  const folder = path.join(cache, `chromium-${manifest.version}`)
  if (await isThere(folder)) return folder
  const aside = await fs.mkdtemp(path.join(cache, 'unpacking-'))
  try {
    await pipeline(packed('chromium.br'), createWriteStream(path.join(aside, 'chromium'), { mode: 0o755 }))
    await untar('fonts.tar.br', path.join(aside, 'fonts'))
    await untar('al2023.tar.br', path.join(aside, 'al2023'))
    await fs.writeFile(path.join(aside, 'fonts', 'fonts.conf'), fontsOf(folder))
    await fs.rename(aside, folder)
  } catch (error) {
    await fs.rm(aside, { recursive: true, force: true })
    // Another run was quicker; its folder is as good.
    if (!(await isThere(folder))) throw error
  }
  return folder
}

/** The package's own list names folders of its serverless platform; without fonts the browser draws no text at all. */
const fontsOf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

/** Of this user alone: another one could put a program there that we then start. */
async function cacheFolder(): Promise<string> {
  const home = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache')
  const folder = path.join(home, 'art32')
  try {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 })
    await fs.access(folder, fs.constants.W_OK)
    return folder
  } catch {
    const instead = path.join(os.tmpdir(), `art32-browser-${process.getuid?.() ?? 0}`)
    await fs.mkdir(instead, { recursive: true, mode: 0o700 })
    const { uid } = await fs.stat(instead)
    if (uid !== process.getuid?.()) throw new Error(`${instead} belongs to another user; set XDG_CACHE_HOME.`)
    return instead
  }
}

const isThere = (folder: string): Promise<boolean> =>
  fs.access(folder).then(
    () => true,
    () => false,
  )

function packed(name: string): NodeJS.ReadableStream {
  return createReadStream(path.join(packageFolder, 'bin', name)).pipe(createBrotliDecompress())
}

async function untar(name: string, into: string): Promise<void> {
  await fs.mkdir(into, { recursive: true })
  const tar = spawn('tar', ['-x', '-C', into], { stdio: ['pipe', 'ignore', 'inherit'] })
  const ended = new Promise<number | null>((resolve, reject) => tar.on('error', reject).on('close', resolve))
  await pipeline(packed(name), tar.stdin)
  if ((await ended) !== 0) throw new Error(`${name} could not be unpacked into ${into}.`)
}
