import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { kernel } from './load.ts'

const module = JSON.stringify(new URL('load.ts', import.meta.url).href)

/** The kind of kernel that a worker has after `before` ran in it. */
async function kindInWorker(before: string): Promise<unknown> {
  const script = `${before}
    import(${module}).then(({ kernel }) => require('node:worker_threads').parentPort.postMessage(kernel().kind))`
  const worker = new Worker(script, { eval: true })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

describe('the kernel', () => {
  it('has vectors here, and is made once', () => {
    expect(kernel().kind).toBe('simd')
    expect(kernel()).toBe(kernel())
  })

  it('is there in worker threads', async () => {
    expect(await kindInWorker('')).toBe('simd')
  })

  it('is the plain one where the engine cannot compile it', async () => {
    // Node.js compiles modules of its own.
    const { size } = statSync(new URL('../../kernel/kernel.wasm', import.meta.url))
    const refuse = `const { Module } = WebAssembly
      WebAssembly.Module = function (bytes) {
        if (bytes.length === ${String(size)}) throw new WebAssembly.CompileError('no vectors')
        return new Module(bytes)
      }`
    expect(await kindInWorker(refuse)).toBe('plain')
  })
})
