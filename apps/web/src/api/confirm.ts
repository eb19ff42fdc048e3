/** Asks the person at the screen to confirm that it is they. @returns whether they did */
type Question = () => Promise<boolean>

let question: Question | null = null
let asked: Promise<boolean> | null = null

/** Whoever can put the question on the screen says so here. @returns how to take it back */
export function answersConfirm(how: Question): () => void {
  question = how
  return () => {
    if (question === how) question = null
  }
}

/** Puts the question, once for all calls that wait for it. @returns false where nobody can be asked */
export async function askToConfirm(): Promise<boolean> {
  asked ??= (question?.() ?? Promise.resolve(false)).finally(() => (asked = null))
  return await asked
}
