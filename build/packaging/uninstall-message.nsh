; Read by electron-builder's installer script (nsis.include). Chats, keys and settings stay when Nunba is removed.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    ${ifNot} ${Silent}
      MessageBox MB_OK|MB_ICONINFORMATION "Nunba is removed. Your chats, keys and settings are kept:$\r$\n$\r$\n$DOCUMENTS\Nunba$\r$\n$APPDATA\Nunba$\r$\n$\r$\nDelete these two folders to remove them as well."
    ${endIf}
  ${endIf}
!macroend
