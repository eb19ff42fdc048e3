/** Least length of a password; the server refuses a shorter one. */
export const leastPasswordLength = 12

/** How a password is judged: by how many guesses it stands, since rules about characters make them weaker. @source NIST SP 800-63B-4, 3.1.1.2 */
export type PasswordStrength = 'short' | 'weak' | 'fair' | 'good' | 'strong'

/**
 * Judges a password, its length counted as the server counts it.
 *
 * @param magnitude  how many guesses it stands, as the power of ten; null while that is not known: then its length counts
 */
export function passwordStrength(password: string, magnitude: number | null = null): PasswordStrength {
  const { length } = password
  if (length < leastPasswordLength) return 'short'
  if (magnitude === null) return length < 16 ? 'fair' : length < 24 ? 'good' : 'strong'
  if (magnitude < 8) return 'weak'
  if (magnitude < 10) return 'fair'
  return magnitude < 14 ? 'good' : 'strong'
}
