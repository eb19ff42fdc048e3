import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import asc from 'assemblyscript/asc'

/** Where the compiled kernel is kept, beside its source. */
export const kernelFile = new URL('kernel.wasm', import.meta.url)

/**
 * Compiles the kernel; the same source and compiler give the same bytes.
 *
 * @throws {Error} with what the compiler said, when the source is faulty
 */
export async function buildKernel(): Promise<Uint8Array> {
  let built: Uint8Array | undefined
  let said = ''
  const { error } = await asc.main(
    [
      'kernel.ts',
      '--outFile',
      'kernel.wasm',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--use',
      'abort=',
      '-O3',
      '--noAssert',
    ],
    {
      readFile: (name) => source(name),
      writeFile: (name, contents) => {
        if (name === 'kernel.wasm' && typeof contents !== 'string') built = contents
      },
      listFiles: () => [],
      stderr: {
        write: (chunk) => {
          said += typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk)
        },
      },
    },
  )
  if (error || built === undefined) throw new Error(`The kernel does not compile: ${error?.message ?? ''}\n${said}`)
  return built
}

/** The compiler asks for `.ts`; on disk it is `.as`, because it is no TypeScript: no other tool is to read it as such. */
function source(name: string): string | null {
  const module = /^([a-z0-9]+)\.ts$/.exec(name)?.[1]
  const file = new URL(`${module ?? ''}.as`, import.meta.url)
  return module !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : null
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const bytes = await buildKernel()
  writeFileSync(kernelFile, bytes)
  process.stdout.write(`kernel.wasm: ${String(bytes.length)} bytes\n`)
}
