/** Least length of a password; the server refuses a shorter one. */
export const leastPasswordLength = 12

/** How a password is judged: by length alone, since rules about characters make them weaker. @source NIST SP 800-63B-4, 3.1.1.2 */
export type PasswordStrength = 'short' | 'fair' | 'good' | 'strong'

/** Judges the length of a password, counted as the server counts it. */
export function passwordStrength(password: string): PasswordStrength {
  const { length } = password
  if (length < leastPasswordLength) return 'short'
  if (length < 16) return 'fair'
  return length < 24 ? 'good' : 'strong'
}
