#!/usr/bin/env node
/*
 * Starts art32 on the Node.js that it is made for. Plain JavaScript for any Node.js from 14 on, since `npx art32` runs it
 * with whatever the machine has; nothing here may need a package.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { keepCompiled } from './compiled.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const main = here('../src/main.ts')
const pinned = here('../../../node_modules/.bin/node')
const commander = here('../../../node_modules/commander/package.json')

/** The version that the repository pins, as `[26, 10]`; whatever is older may lack what the code uses. */
function wanted() {
  const { optionalDependencies = {} } = JSON.parse(readFileSync(here('../../../package.json'), 'utf8'))
  const version = Object.entries(optionalDependencies).find(([name]) => name.startsWith('node-'))
  return (version === undefined ? '26.0.0' : version[1]).split('.').map(Number)
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [wantedMajor, wantedMinor] = wanted()
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
}

if (!existsSync(commander)) {
  process.stderr.write(
    'art32: the dependencies are not installed. Run "npm start" once in the folder of art32, or "node scripts/install.mjs", then try again.\n',
  )
  process.exitCode = 2
} else if (isNewEnough()) {
  keepCompiled()
  await import(main)
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  // The terminal sends Ctrl-C to both; what is sent to this process alone is passed on.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('error', (error) => {
    process.stderr.write(
      `art32: the Node.js of this folder does not start (${error.code}). Delete node_modules and run "npm start".\n`,
    )
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal]
  })
} else {
  process.stderr.write(
    `art32: this is Node.js ${process.versions.node} and ${wanted().join('.')} is needed. Run "node scripts/install.mjs" in the folder of art32, which brings it.\n`,
  )
  process.exitCode = 2
}
