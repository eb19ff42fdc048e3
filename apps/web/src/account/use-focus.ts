import { useCallback } from 'react'

/** Puts the focus into a field when it appears: it is what the person was asked for. */
export function useFocus(): (field: HTMLElement | null) => void {
  return useCallback((field) => {
    // In a dialog that opens at this moment the browser gives the focus to what is marked so.
    field?.setAttribute('autofocus', '')
    field?.focus({ preventScroll: true })
  }, [])
}
