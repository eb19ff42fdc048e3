import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const script = `
  const { startLean } = await import(${JSON.stringify(new URL('lean.ts', import.meta.url).href)})
  startLean()
  console.log(JSON.stringify({
    pid: process.pid,
    flags: process.execArgv.filter((one) => one.startsWith('--')).toSorted(),
    threshold: process.env.MALLOC_MMAP_THRESHOLD_,
  }))
`

async function start(environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], ...environment },
  })
  return { child, said: JSON.parse(await text(child.stdout)) as { pid: number; flags: string[]; threshold: string } }
}

describe.skipIf(process.platform === 'win32')('a server', () => {
  it('starts anew in its own place, once, with a small heap', async () => {
    const { child, said } = await start()
    expect(said.pid).toBe(child.pid)
    expect(said.flags).toEqual(expect.arrayContaining(['--heap-growing-percent=40', '--max-semi-space-size=8']))
    expect(said.flags).toContain('--no-warnings')
    expect(said.flags.filter((one) => one.startsWith('--max-semi'))).toHaveLength(1)
    expect(said.threshold).toBe('262144')
  })

  it('keeps what its environment says of memory', async () => {
    expect((await start({ MALLOC_MMAP_THRESHOLD_: '1048576' })).said.threshold).toBe('1048576')
  })
})
