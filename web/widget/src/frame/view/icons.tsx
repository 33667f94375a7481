/** Icons are decoration: the words for them stand beside, for everybody who does not see them. */
function icon(path: string, size = 20) {
  return () => (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}

export const CloseIcon = icon('M6 6l12 12M18 6 6 18')
export const ClipIcon = icon(
  'M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.5-8.6a3.4 3.4 0 0 1 4.8 4.8l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4l7.9-7.8',
)
export const SendIcon = icon('M4 12 20 4l-4 16-4-7-8-1Zm8 1 8-9')
export const DownIcon = icon('M6 9l6 6 6-6', 16)
export const FileIcon = icon('M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8l-5-5Zm0 0v5h5')
export const MoreIcon = icon('M5 12h.01M12 12h.01M19 12h.01', 18)
export const ClockIcon = icon('M12 7v5l3 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z', 14)
export const OneTick = icon('M5 13l4 4L19 7', 15)
export const TwoTicks = icon('M2 13l4 4L16 7M11 16l1.500 1L22 7', 15)
export const WarnIcon = icon('M12 8v5m0 3.500v.01M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z', 14)
