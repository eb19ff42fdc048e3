import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { mainFile, runChild } from './testing/child.ts'
import { runHere } from './testing/terminal.ts'

describe('art32', () => {
  it('prints its version', async () => {
    expect(await runHere(['--version'])).toEqual({ exit: 0, out: '0.1.0\n', err: '' })
  })

  it('explains all commands and each of them', async () => {
    const { exit, out } = await runHere(['--help'])
    expect(exit).toBe(0)
    for (const name of ['read', 'prove', 'verify', 'serve', 'demo', 'sign-in', 'sign-out', 'call', 'tenant', 'keys']) {
      expect(out).toMatch(new RegExp(`^  ${name}[ \\[]`, 'm'))
      const one = await runHere([name, '--help'])
      expect([one.exit, one.err]).toEqual([0, ''])
      expect(one.out).toContain(`Usage: art32 ${name}`)
    }
  })

  it('suggests the command that was meant', async () => {
    const { exit, out, err } = await runHere(['vreify', 'bundle.zip'])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain("art32: unknown command 'vreify'\n(Did you mean verify?)")
  })

  it('shows the help on stderr when no command is given', async () => {
    const { exit, out, err } = await runHere([])
    expect([exit, out]).toEqual([2, ''])
    expect(err).toContain('Usage: art32')
  })

  it('ends quietly when the reader of its output has seen enough', async () => {
    const child = spawn('sh', ['-c', `"${process.execPath}" "${mainFile}" --help | head -n 1`], { stdio: 'pipe' })
    const output: string[] = []
    child.stdout.on('data', (part: Buffer) => output.push(part.toString()))
    child.stderr.on('data', (part: Buffer) => output.push(part.toString()))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    expect(output.join('')).toBe('Usage: art32 [options] [command]\n')
  })
})

describe('the launcher', () => {
  it('starts the command line and hands on its exit status', async () => {
    const launcher = fileURLToPath(new URL('../bin/art32.mjs', import.meta.url))
    const status = (args: string[]) =>
      new Promise((resolve) => {
        spawn(process.execPath, [launcher, ...args], { stdio: 'ignore' }).on('close', resolve)
      })
    expect(await Promise.all([status(['--version']), status(['nonsense'])])).toEqual([0, 2])
    expect((await runChild(['--version'])).out).toBe('0.1.0\n')
  })
})
