import { z } from 'zod'
import { tenantOperation } from '../evidence/index.ts'
import { fileOfUpload, findLetterhead, letterheadErrors, removeLogo, setColour, setLogo } from './letterhead.ts'

const Colour = z.string().regex(/^#[0-9a-fA-F]{6}$/)

/** What can be done with the letterhead: logo and colour of the editions to come. */
export function letterheadOperations() {
  return [
    tenantOperation({
      id: 'letterhead.show',
      summary: 'Shows the logo and the colour that the next edition will have',
      needs: 'register:read',
      input: z.object({}),
      output: z.object({
        /** Colour of headings on paper and in the dark scheme. */
        accent: z.object({ light: z.string(), dark: z.string() }).nullable(),
        /** A PNG, base64. */
        logo: z.object({ type: z.literal('image/png'), width: z.int(), height: z.int(), bytes: z.string() }).nullable(),
      }),
      async run(_, tx) {
        const letterhead = await findLetterhead(tx)
        return { accent: letterhead?.accent ?? null, logo: letterhead?.logo ?? null }
      },
    }),
    tenantOperation({
      id: 'letterhead.colour',
      summary: 'Sets the colour of headings for editions to come; null takes it away',
      needs: 'edition:draft',
      changes: true,
      input: z.object({ colour: Colour.nullable() }),
      output: z.object({}),
      refuses: [letterheadErrors.too_pale],
      async run({ colour }, tx) {
        await setColour(tx, colour)
        return {}
      },
    }),
    tenantOperation({
      id: 'letterhead.logo',
      summary: 'Sets the logo for editions to come: a PNG of at most 16 KiB and 1,200 × 600 pixels',
      kind: 'upload',
      needs: 'edition:draft',
      changes: true,
      input: z.object({}),
      output: z.object({ width: z.int(), height: z.int() }),
      refuses: [letterheadErrors.not_a_png, letterheadErrors.damaged, letterheadErrors.too_large],
      run: async (_, tx) => await setLogo(tx, fileOfUpload(tx)),
    }),
    tenantOperation({
      id: 'letterhead.remove_logo',
      summary: 'Takes the logo away from editions to come',
      needs: 'edition:draft',
      changes: true,
      input: z.object({}),
      output: z.object({}),
      async run(_, tx) {
        await removeLogo(tx)
        return {}
      },
    }),
  ]
}
