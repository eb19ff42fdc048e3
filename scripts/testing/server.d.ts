import type { Server, StartOptions } from '../../apps/server/src/main.ts'
/** A password that every test account has; the hash is cheap on purpose. */
export declare const testPassword = 'correct horse battery staple'
/** A real server on a free port, with databases of its own on the PostgreSQL of the run. */
export interface TestServer extends Server {
  /** A signed-in person with a role in a tenant: fetches as their browser would. */
  signIn(email: string): Promise<Person>
  /** Makes an account and gives it a role. */
  addPerson(email: string, tenant: string, role: 'owner' | 'editor' | 'signatory' | 'dpo' | 'member'): Promise<Person>
}
/** Somebody who calls the API. */
export interface Person {
  readonly accountId: string
  get(path: string): Promise<Response>
  post(path: string, body: unknown): Promise<Response>
  upload(path: string, bytes: Uint8Array): Promise<Response>
}
/** Starts a server for one test file. */
export declare function startTestServer(
  environment?: Record<string, string>,
  options?: StartOptions,
): Promise<TestServer>
/** Those who are signed in stay so, however far the clock of a test goes: until 2040. */
export declare function staySignedIn({ databases }: Pick<TestServer, 'databases'>): Promise<void>
