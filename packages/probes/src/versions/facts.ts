import { z } from 'zod'
import { lifecycleSchema } from './end-of-life.ts'

/** Components with the support data that was at hand when they were seen: a verdict needs nothing else. */
export const versionsFacts = {
  components: z.array(
    z.object({
      /** Id of endoflife.date where it has one. */
      product: z.string(),
      /** `null`: declared, but not found. */
      version: z.string().nullable(),
      /** Seen on a running system, or only written down by somebody. */
      observed: z.boolean(),
      /** A distribution patches its packages itself, whatever the makers say about the version. */
      origin: z.enum(['upstream', 'distribution']),
      /** `null`: the support data does not know the product or the version. */
      lifecycle: lifecycleSchema.nullable(),
    }),
  ),
  data: z.object({ date: z.iso.date(), source: z.string() }),
}

export type VersionsFacts = { readonly [K in keyof typeof versionsFacts]: z.output<(typeof versionsFacts)[K]> }
export type Component = VersionsFacts['components'][number]

/** Names components: by the product, and by version too where a product is there more than once. */
export function subjectsOf(components: readonly Component[]): (component: Component) => string {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { product } of components) (seen.has(product) ? repeated : seen).add(product)
  return ({ product, version }) => (repeated.has(product) ? `${product} ${version ?? ''}`.trim() : product)
}
