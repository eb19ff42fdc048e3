/** The picture of the page as typst puts it into its own. */
const picture = /<image\b[^>]*?\bhref="data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)"/

/** What a drawing could do that a picture cannot. */
const active = /<(?:script|foreignObject|iframe|animate|set|a)[\s/>]|\son[a-z]+\s*=|href\s*=\s*["'](?!data:image\/|#)/i

/**
 * The first page of somebody's PDF as an SVG drawing: shapes and pictures, nothing of what else the PDF holds.
 *
 * Attacker-controlled: run it in a process of its own, with little memory and time.
 *
 * @returns null where the PDF cannot be drawn
 */
export async function drawFirstPage(pdf: Uint8Array): Promise<string | null> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const compiler = NodeCompiler.create({ workspace: import.meta.dirname })
  compiler.mapShadow(`${import.meta.dirname}/shown.pdf`, Buffer.from(pdf))
  const mainFileContent =
    '#set page(width: 600pt, height: auto, margin: 0pt)\n#image("shown.pdf", page: 1, width: 100%, alt: "1")'
  const { result } = compiler.compile({ mainFileContent })
  const drawn = result ? picture.exec(compiler.svg(result))?.[1] : undefined
  if (drawn === undefined) return null
  const svg = Buffer.from(drawn, 'base64').toString('utf8')
  return active.test(svg) ? null : svg
}
