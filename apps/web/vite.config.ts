import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/** What the press uses to make PDFs; the workplace takes only its signs and its look. */
const typesetter = '@myriaddreamin/typst-ts-node-compiler'

/** Leaves the typesetter alone, and refuses a build into which it found its way all the same. */
function withoutTypesetter(): Plugin {
  return {
    name: 'without-typesetter',
    enforce: 'pre',
    resolveId: (source) => (source === typesetter ? { id: source, external: true } : null),
    generateBundle(_, bundle) {
      for (const [name, chunk] of Object.entries(bundle)) {
        // Its template is found by its address although nothing here asks for it.
        if (name.endsWith('.typ')) delete bundle[name]
        if (chunk.type === 'chunk' && [...chunk.imports, ...chunk.dynamicImports].includes(typesetter)) {
          this.error(`${chunk.fileName} would load the typesetter. Import from @art32/press only what needs no PDF.`)
        }
      }
    },
  }
}

/*
 * The server hands out dist/ under a strict policy: no inline script, no data: URL, a nonce for the styles that Mantine
 * writes at run time. In development the API is the one of a server started by hand.
 */
export default defineConfig({
  plugins: [withoutTypesetter(), react()],
  build: {
    outDir: 'dist',
    assetsInlineLimit: 0,
    // A class is used on more pages than the one whose file brings it: cut by page, a page that is opened by its address lacks rules.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    target: 'es2024',
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3900', '/trust': 'http://127.0.0.1:3900' } },
})
