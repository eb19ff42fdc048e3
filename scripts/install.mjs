/*
 * Installs the dependencies when they are missing or older than package-lock.json, then makes node_modules/.bin/node
 * the pinned Node.js. Every npm script begins with it, so a fresh clone needs one command only.
 *
 * Plain JavaScript for any Node.js from 20.19 on: it runs before the pinned one exists. Nothing here may need a package.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [20, 19]
const HEARTBEAT_MS = 2_000
/** Longer than any pause of a busy machine; shorter than the patience of a person who waits for a dead process. */
const STALE_LOCK_MS = 60_000

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const modules = path.join(root, 'node_modules')
const stampFile = path.join(modules, '.installed')
const lockFile = path.join(modules, '.installing')
const runtime = path.join(modules, '.bin', 'node')

const say = (line) => process.stderr.write(`${line}\n`)

class Refusal extends Error {}

/**
 * What the installed tree depends on. The version of the Node.js that runs this script is deliberately not part of it:
 * npm puts node_modules/.bin first in PATH, so the second start already runs on the pinned one and would install again.
 */
function wantedStamp() {
  const hash = createHash('sha256').update(fs.readFileSync(path.join(root, 'package-lock.json')))
  return `${hash.digest('hex')} ${process.platform}-${process.arch}`
}

function isInstalled() {
  try {
    fs.accessSync(runtime, fs.constants.X_OK)
    return fs.readFileSync(stampFile, 'utf8') === wantedStamp()
  } catch {
    return false
  }
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    throw new Refusal(
      `art32 needs Node.js ${OLDEST_NODE.join('.')} or newer to install itself; this is ${process.versions.node}. ` +
        'Install a newer one from https://nodejs.org and start again.',
    )
  }
}

/** Runs the work while no other process does; a lock whose holder died or fell silent is taken over. */
async function alone(work) {
  fs.mkdirSync(modules, { recursive: true })
  const mine = `${lockFile}.${process.pid}`
  fs.writeFileSync(mine, String(process.pid))
  let told = false
  try {
    // A hard link appears with its content, so no one ever reads a lock without its holder's number.
    while (!link(mine, lockFile)) {
      if (isAbandoned(lockFile)) fs.rmSync(lockFile, { force: true })
      else {
        if (!told) say('Another start is installing the dependencies; waiting for it.')
        told = true
        await sleep(500)
      }
    }
  } finally {
    fs.rmSync(mine, { force: true })
  }
  const heartbeat = setInterval(() => fs.utimes(lockFile, new Date(), new Date(), () => {}), HEARTBEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    fs.rmSync(lockFile, { force: true })
  }
}

function link(from, to) {
  try {
    fs.linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function isAbandoned(lock) {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > STALE_LOCK_MS) return true
    process.kill(Number(fs.readFileSync(lock, 'utf8')), 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

/** The npm that started us, else the one in PATH; other package managers do not read package-lock.json. */
function npmCommand() {
  const started = process.env.npm_execpath
  if (started && /npm-cli\.(c?js)$/.test(started)) return [process.execPath, started]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm']
}

function runNpm() {
  const [command, ...first] = npmCommand()
  const options = ['--no-save', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  // Errors only: the engine of old packages and settings of the user's own npm are no news to somebody who starts art32.
  const child = spawn(command, [...first, 'install', ...options, '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (part) => (errors += part))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ status: 1, errors: String(error) }))
    child.on('close', (status) => resolve({ status, errors }))
  })
}

const reasons = [
  [/ENOSPC/, 'the disk is full. Free about 1 GB and start again.'],
  [/EACCES|EPERM|EROFS/, `this user may not write to ${modules}. Start as the owner of the folder, or clone it anew.`],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|network/i,
    'the npm registry cannot be reached. Check the network and proxy, then start again; later starts need no network.',
  ],
  [/EINTEGRITY/, 'a package differs from what package-lock.json records. Do not go on before you know why.'],
  [/E401|E403/, 'the npm registry refused access. Check the registry settings of npm.'],
  [/ETARGET|E404/, 'the npm registry lacks a package of package-lock.json. Check the registry settings of npm.'],
  [/ENOENT.*npm/, 'npm was not found. Install Node.js with npm and start again.'],
]

/** The sentence for what npm said. */
export function explain(errors) {
  const known = reasons.find(([pattern]) => pattern.test(errors))
  return `The dependencies could not be installed: ${known ? known[1] : 'npm failed, see above.'}`
}

/** npm 10 links no binary that several optional packages offer, hence the link is made here. */
function linkRuntime() {
  const packages = fs.readdirSync(modules).filter((name) => /^node-(bin-)?(linux|darwin|win)-/.test(name))
  const targets = packages.map((name) => path.join('..', name, 'bin', 'node'))
  const target = targets.find((one) => attempt(one).status === 0)
  if (!target) throw new Refusal(explainRuntime(targets.map((one) => attempt(one).stderr).join('\n')))
  const fresh = `${runtime}.${process.pid}`
  fs.rmSync(fresh, { force: true })
  fs.symlinkSync(target, fresh)
  fs.renameSync(fresh, runtime)
}

function attempt(target) {
  const binary = path.resolve(path.dirname(runtime), target)
  return spawnSync(binary, ['--version'], { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
}

/** The sentence for what the pinned Node.js said when it did not start. */
export function explainRuntime(errors) {
  if (/libatomic\.so\.1/.test(errors)) {
    return 'The pinned Node.js lacks the library libatomic. Install it: apt-get install libatomic1 (Debian, Ubuntu) or dnf install libatomic (Fedora, RHEL). Then start again.'
  }
  return `No pinned Node.js runs on ${process.platform}-${process.arch}. art32 runs on Linux with glibc and on macOS, x64 and arm64.`
}

async function install() {
  if (isInstalled()) return
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  say('Installing the dependencies of art32 from the npm registry (once, about a minute).')
  fs.rmSync(stampFile, { force: true })
  const progress = setInterval(() => say(`  still installing (${seconds()} s)`), 15_000)
  const { status, errors } = await runNpm().finally(() => clearInterval(progress))
  if (status !== 0) throw new Refusal(`${errors.trim()}\n${explain(errors)}`)
  fs.mkdirSync(path.dirname(runtime), { recursive: true })
  linkRuntime()
  fs.writeFileSync(stampFile, wantedStamp())
  say(`Installed in ${seconds()} s.`)
}

async function main() {
  try {
    refuseOldNode()
    if (!isInstalled()) await alone(install)
  } catch (error) {
    say(error instanceof Refusal ? error.message : explain(String(error)))
    if (!(error instanceof Refusal)) say(String(error))
    process.exitCode = 1
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main()
