/** The recorder with its libraries as one module: so it is linked into its own Java, and starts wherever that is unpacked. */
module tcpsnap {
    requires java.logging;
    requires java.sql;
    requires jdk.unsupported;
}
