#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for a desktop on the session bus: takes notifications and pleas not to suspend, and
prints a line for each.
"""
from gi.repository import Gio, GLib

SERVICES = {
    "org.freedesktop.Notifications": (
        "/org/freedesktop/Notifications",
        """<node><interface name='org.freedesktop.Notifications'>
        <method name='Notify'>
          <arg type='s'/><arg type='u'/><arg type='s'/><arg type='s'/><arg type='s'/>
          <arg type='as'/><arg type='a{sv}'/><arg type='i'/><arg type='u' direction='out'/>
        </method>
        <method name='CloseNotification'><arg type='u'/></method>
        </interface></node>""",
    ),
    "org.freedesktop.portal.Desktop": (
        "/org/freedesktop/portal/desktop",
        """<node><interface name='org.freedesktop.portal.Inhibit'>
        <method name='Inhibit'>
          <arg type='s'/><arg type='u'/><arg type='a{sv}'/><arg type='o' direction='out'/>
        </method>
        <method name='CreateMonitor'>
          <arg type='s'/><arg type='a{sv}'/><arg type='o' direction='out'/>
        </method>
        <property name='version' type='u' access='read'/>
        </interface></node>""",
    ),
}


def called(connection, sender, path, interface, method, arguments, invocation):
    print(method, arguments.unpack(), flush=True)
    if method == "Notify":
        invocation.return_value(GLib.Variant("(u)", (1,)))
    elif method == "CloseNotification":
        invocation.return_value(None)
    else:
        invocation.return_value(GLib.Variant("(o)", ("/org/freedesktop/portal/desktop/request/1",)))


def property_asked(connection, sender, path, interface, name):
    return GLib.Variant("u", 3)


def main():
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name, (path, description) in SERVICES.items():
        interface = Gio.DBusNodeInfo.new_for_xml(description).interfaces[0]
        connection.register_object(path, interface, called, property_asked, None)
        Gio.bus_own_name_on_connection(connection, name, Gio.BusNameOwnerFlags.NONE, None, None)
    print("ready", flush=True)
    GLib.MainLoop().run()


if __name__ == "__main__":
    main()
