import { IncomingMessage } from 'node:http'

/** The request as it came; none where the server asks itself. @param env what Node's adapter hands on beside it */
export function incomingOf(env: object): IncomingMessage | undefined {
  return 'incoming' in env && env.incoming instanceof IncomingMessage ? env.incoming : undefined
}
