import { z } from 'zod'

const module = z.object({ type: z.string(), key: z.string() })

/** What Atlassian says about an app that was deployed, and what its manifest says at the tag of the release. */
export const forgeFacts = {
  environments: z.array(
    z.object({
      key: z.string(),
      type: z.enum(['DEVELOPMENT', 'STAGING', 'PRODUCTION']),
      /** Newest deployments, newest first; no more than `deploymentsRead`. */
      deployments: z.array(z.object({ version: z.string(), at: z.iso.datetime() })),
    }),
  ),
  installations: z.array(
    z.object({
      /** Site or workspace, as Atlassian names it (ARI). */
      context: z.string(),
      environment: z.string(),
      type: z.enum(['DEVELOPMENT', 'STAGING', 'PRODUCTION']),
      /** null: Atlassian names none. */
      version: z.string().nullable(),
    }),
  ),
  deployed: z.object({
    version: z.string(),
    at: z.iso.datetime(),
    scopes: z.array(z.string()),
    /** Where data may go: by functions, by the browser, by fonts, frames, images and media. */
    egress: z.array(z.object({ address: z.string(), inScopeEndUserData: z.boolean() })),
    /** Sources of scripts and styles beyond the own ones. */
    content: z.array(z.string()),
    modules: z.array(module),
    storage: z.object({
      /** null: the app keeps nothing at Atlassian. */
      hosted: z.object({ classifications: z.array(z.string()), locations: z.array(z.string()) }).nullable(),
      remotes: z.array(z.object({ key: z.string(), baseUrl: z.string(), locations: z.array(z.string()) })),
    }),
  }),
  manifest: z.object({
    tag: z.string(),
    scopes: z.array(z.string()),
    egress: z.array(z.object({ address: z.string(), inScopeEndUserData: z.boolean() })),
    content: z.array(z.string()),
    modules: z.array(module),
  }),
}

export type ForgeFacts = { readonly [K in keyof typeof forgeFacts]: z.output<(typeof forgeFacts)[K]> }

/** So many deployments of an environment are read. */
export const deploymentsRead = 20
