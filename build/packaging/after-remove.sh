#!/bin/bash
# After electron-builder's own after-remove (templates/linux/after-remove.tpl), which an afterRemove of ours replaces.
# What is kept and where is said at the end. Nothing is done when a newer version takes the place of this one.
case "$1" in
    upgrade | failed-upgrade | abort-* | disappear) exit 0 ;; # Debian
    1) exit 0 ;; # RPM: one version remains
esac

if type update-alternatives >/dev/null 2>&1; then
    update-alternatives --remove '${executable}' '/opt/${sanitizedProductName}/${executable}' || true
fi
if [ -L '/usr/bin/${executable}' ] && [ ! -e '/usr/bin/${executable}' ]; then
    rm -f '/usr/bin/${executable}'
fi

APPARMOR_PROFILE='/etc/apparmor.d/${executable}'
if [ -f "$APPARMOR_PROFILE" ]; then
    if apparmor_status --enabled >/dev/null 2>&1 && hash apparmor_parser 2>/dev/null; then
        if ! { [ -x /usr/bin/ischroot ] && /usr/bin/ischroot; }; then
            apparmor_parser --remove "$APPARMOR_PROFILE" || true
        fi
    fi
    rm -f "$APPARMOR_PROFILE"
fi

echo 'Nunba is removed. Chats, keys and settings are kept, in the folder Documents/Nunba and in .config/Nunba of each'
echo 'person who used it. Delete these two folders to remove them as well.'
