/*
 * What a recorder of /proc/net/{tcp,tcp6,dev,snmp,netstat} and of the whole sock_diag dump cannot go below: reads the same
 * bytes and throws them away. Prints bytes and CPU time (user and system, of the whole process) for each tick.
 *
 *     cc -O2 -o floor floor.c && ./floor TICKS INTERVAL_MS
 */
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char *const files[] = {"tcp", "tcp6", "dev", "snmp", "netstat"};
static char buffer[65536];

static double clock_ms(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static long read_file(const char *name)
{
	char path[64];
	long sum = 0, n;
	int fd;

	snprintf(path, sizeof(path), "/proc/self/net/%s", name);
	fd = open(path, O_RDONLY);
	while ((n = read(fd, buffer, sizeof(buffer))) > 0)
		sum += n;
	close(fd);
	return sum;
}

static long dump(int fd)
{
	struct { struct nlmsghdr header; struct inet_diag_req request; } ask = {
		.header = { .nlmsg_len = sizeof(ask), .nlmsg_type = TCPDIAG_GETSOCK,
			    .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP, .nlmsg_seq = 1 },
		.request = { .idiag_family = AF_INET, .idiag_ext = 0xff, .idiag_states = -1 },
	};
	long sum = 0, n;

	send(fd, &ask, sizeof(ask), 0);
	do {
		n = recv(fd, buffer, 32768, 0);
		if (n <= 0)
			return -1;
		sum += n;
	} while (((struct nlmsghdr *)buffer)->nlmsg_type != NLMSG_DONE);
	return sum;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

int main(int argc, char **argv)
{
	int ticks = argc > 1 ? atoi(argv[1]) : 100, interval = argc > 2 ? atoi(argv[2]) : 200;
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
	double *cpu = malloc(ticks * sizeof(*cpu)), start = clock_ms(CLOCK_MONOTONIC), last = 0, wait;
	long bytes = 0;

	for (int i = 0; i < ticks; i++) {
		bytes = dump(fd);
		for (unsigned f = 0; f < sizeof(files) / sizeof(*files); f++)
			bytes += read_file(files[f]);
		cpu[i] = clock_ms(CLOCK_PROCESS_CPUTIME_ID) - last;
		last += cpu[i];
		wait = start + (i + 1.0) * interval - clock_ms(CLOCK_MONOTONIC);
		if (wait > 0)
			usleep(wait * 1000);
	}
	qsort(cpu, ticks, sizeof(*cpu), compare);
	printf("%ld bytes, CPU ms a tick: median %.2f, least %.2f\n", bytes, cpu[ticks / 2], cpu[0]);
	return 0;
}
