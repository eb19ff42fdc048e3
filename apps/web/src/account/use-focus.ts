import { useCallback } from 'react'

/** Puts the focus into a field when it appears: it is what the person was asked for. */
export function useFocus(): (field: HTMLInputElement | null) => void {
  return useCallback((field) => field?.focus({ preventScroll: true }), [])
}
