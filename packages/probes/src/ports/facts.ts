import { z } from 'zod'

/** What answers on the ports of a host, from where this look was made. */
export const portsFacts = {
  ports: z.array(
    z.object({
      family: z.enum(['IPv4', 'IPv6']),
      port: z.int(),
      /**
       * `open`: a connection was made. `refused`: the host or a firewall said no. `silent`: nothing came back in time,
       * twice. `reset`: broken off while connecting, which says neither.
       */
      state: z.enum(['open', 'refused', 'silent', 'reset']),
    }),
  ),
  /** Ports that may be open. */
  declared: z.object({ ports: z.array(z.int()) }),
}

export type PortsFacts = { readonly [K in keyof typeof portsFacts]: z.output<(typeof portsFacts)[K]> }
