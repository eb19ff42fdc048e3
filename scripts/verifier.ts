/*
 * Builds the verifier in one file from the sources of `art32 verify`, and the page with its SHA-256. The file is committed
 * and not built at a start: who runs a server, who reads the hash and who checks a bundle then speak of the same bytes.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import { rolldown } from 'rolldown'

import { repository } from './gate.ts'

const name = 'art32-verify.mjs'

const head = `// art32-verify: checks a proof bundle of art32 with nothing but Node.js 20.19 or newer:
//
//     node art32-verify.mjs bundle.zip
//
// Built from the source of art32 and not minified, so that it can be read. A verifier that came with what it checks proves
// nothing by itself: compare its SHA-256 with the one that art32 publishes in docs/reference/verifier.md.
//
// SPDX-License-Identifier: Apache-2.0`

const scriptHead = `// Checks a proof bundle of art32 in the browser: the page /verify and, as a worker, what it computes with.
// SPDX-License-Identifier: Apache-2.0`

let built: Promise<string> | undefined

async function build(input: string, platform: 'node' | 'browser', banner: string): Promise<string> {
  const bundle = await rolldown({
    cwd: repository,
    input: path.join(repository, input),
    platform,
    // Named by the press and never reached from here; a build that keeps it is refused below.
    external: ['@myriaddreamin/typst-ts-node-compiler', /^node:/],
    logLevel: 'silent',
  })
  try {
    const { output } = await bundle.generate({ format: 'esm', banner, minify: false })
    const [chunk] = output
    const foreign = chunk.imports.filter((from) => platform === 'browser' || !from.startsWith('node:'))
    if (output.length !== 1 || foreign.length > 0 || chunk.dynamicImports.length > 0)
      throw new Error(
        `${input} does not become a single file: it needs ${[...foreign, ...chunk.dynamicImports].join(', ')}.`,
      )
    return chunk.code
  } finally {
    await bundle.close()
  }
}

const buildFile = () => (built ??= build('apps/cli/src/verify-file.ts', 'node', head))

/** The files that the server gives out, by name. */
export async function verifierFiles(): Promise<Record<string, string>> {
  return {
    [name]: await buildFile(),
    'verify.js': await build('apps/cli/src/verify-page/main.ts', 'browser', scriptHead),
  }
}

/** The reference page with the hash. */
export async function verifierPage(): Promise<string> {
  const code = await buildFile()
  const bytes = Buffer.from(code)
  const hash = createHash('sha256').update(bytes).digest('hex')
  return `# The verifier in one file

\`${name}\` is \`art32 verify\` as one file of JavaScript that needs Node.js 20.19 or newer and nothing else: no npm, no
network, no account. It is built from the sources of this release, is not minified, and lies in every proof bundle as
\`files/${name}\`; a server gives it out at \`/verify/${name}\`.

- SHA-256 of this release: \`${hash}\`
- ${bytes.length} bytes

\`\`\`sh
sha256sum ${name}
node ${name} bundle.zip
\`\`\`

A verifier that came with what it checks proves nothing by itself: whoever forges a bundle can forge it too. Take it from a
release of art32 and not from the bundle, or compare its SHA-256 with the one above. In a bundle the log vouches only for
which verifier the publisher gave out. A bundle of another release holds the file of that release, whose hash stands on this
page of that release.

Whoever has the source builds the same bytes: \`npm run docs\` writes the file, and \`npm run check\` refuses one that is not what
the source makes.
`
}
