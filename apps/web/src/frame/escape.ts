/**
 * Whether Escape belongs to the field it was pressed in, to close its own list, and to nothing around it.
 *
 * To be asked while the event comes down (capture): when it goes up again, the list is closed already.
 */
export function closesOwnList(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true'
}
